package dev.drydock.cli.declare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.declare.Change.Action;
import dev.drydock.playbooks.document.YamlReader;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.MaintenanceType;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the files and whatever is there: once applied it is as the files say, and what was written back says the same. */
class PlanPropertyTest {
    private static final Kind WINDOW = Kinds.of("Window").orElseThrow();
    private static final Kind ROLLOUT = Kinds.of("Rollout").orElseThrow();

    /** Names that meet each other, and contents that are often the same. */
    @Provide
    Arbitrary<Map<String, Map<String, Object>>> things() {
        Arbitrary<Map<String, Object>> trees = Arbitraries.maps(
                        Arbitraries.of("zone", "start", "hosts"), Arbitraries.of("a", "b"))
                .map(HashMap<String, Object>::new);
        return Arbitraries.maps(
                        Combinators.combine(Arbitraries.of(Kinds.words()), Arbitraries.of("one", "two", "three"))
                                .as((kind, name) -> kind + "/" + name),
                        trees)
                .ofMaxSize(10);
    }

    private static Present there(String key, Map<String, Object> tree) {
        String[] parts = key.split("/", 2);
        return PlanTest.there(Kinds.of(parts[0]).orElseThrow(), parts[1], tree);
    }

    private static List<Plan.Checked> documents(Map<String, Map<String, Object>> files) {
        return files.entrySet().stream()
                .map(file -> PlanTest.wanted(
                        Kinds.of(file.getKey().split("/", 2)[0]).orElseThrow(),
                        file.getKey().split("/", 2)[1],
                        file.getValue()))
                .toList();
    }

    private static List<Present> present(Map<String, Map<String, Object>> all) {
        return all.entrySet().stream()
                .map(one -> there(one.getKey(), one.getValue()))
                .toList();
    }

    private static String key(Change change) {
        return change.kind().word() + "/" + change.name();
    }

    @Property
    void whatWasAppliedIsThenUnchangedAlsoWhereItWasCutOff(
            @ForAll("things") Map<String, Map<String, Object>> files,
            @ForAll("things") Map<String, Map<String, Object>> before,
            @ForAll boolean prune,
            @ForAll int cut) {
        Plan plan = Plan.of(documents(files), present(before), prune);
        Map<String, Map<String, Object>> after = new LinkedHashMap<>(before);
        List<Change> steps = plan.steps();
        int reached = steps.isEmpty() ? 0 : Math.floorMod(cut, steps.size() + 1);
        for (Change step : steps.subList(0, reached)) {
            carryOut(step, after);
        }
        Plan rest = Plan.of(documents(files), present(after), prune);
        assertThat(rest.steps())
                .extracting(PlanPropertyTest::key)
                .containsExactlyElementsOf(steps.subList(reached, steps.size()).stream()
                        .map(PlanPropertyTest::key)
                        .toList());

        rest.steps().forEach(step -> carryOut(step, after));
        Plan again = Plan.of(documents(files), present(after), prune);
        assertThat(again.steps()).isEmpty();
        assertThat(again.changes().stream().filter(change -> change.action() == Action.REFUSED))
                .as("only rollouts that differ stay refused")
                .allMatch(change -> change.kind().equals(ROLLOUT));
        files.forEach((key, tree) -> {
            if (!key.startsWith("Rollout/")) {
                assertThat(after).containsEntry(key, tree);
            }
        });
    }

    private static void carryOut(Change step, Map<String, Map<String, Object>> on) {
        if (step.action() == Action.REMOVE) {
            on.remove(key(step));
        } else {
            on.put(key(step), step.declared().orElseThrow().tree());
        }
    }

    @Property
    void nothingIsRemovedThatAFileHasOrThatIsARecord(
            @ForAll("things") Map<String, Map<String, Object>> files,
            @ForAll("things") Map<String, Map<String, Object>> before,
            @ForAll boolean prune) {
        assertThat(Plan.of(documents(files), present(before), prune).steps())
                .filteredOn(step -> step.action() == Action.REMOVE)
                .allSatisfy(step -> {
                    assertThat(prune).isTrue();
                    assertThat(step.kind().prunable()).isTrue();
                    assertThat(files).doesNotContainKey(key(step));
                    assertThat(files.keySet())
                            .anyMatch(key -> key.startsWith(step.kind().word() + "/"));
                });
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "yes",
                        "null",
                        "~",
                        "007",
                        "1e3",
                        "25%",
                        "- a",
                        "a: b",
                        "#",
                        "a #b",
                        "'",
                        "\"",
                        "{{x}}",
                        "!t",
                        "&a",
                        "*a",
                        "2026-12-25",
                        "…",
                        "\u2028",
                        "\u0085",
                        "\u007f",
                        "a\r\n b\n",
                        "host.labels.role == \"web\"",
                        " x ",
                        "3h",
                        "2026-11-29T02:00",
                        "=",
                        "@",
                        "`",
                        "%",
                        "日本",
                        "\uD83D\uDE00",
                        "---",
                        "-"),
                Arbitraries.strings().ascii().ofMinLength(1),
                Arbitraries.strings().withCharRange('\u0001', '\uD7FF').ofMinLength(1));
    }

    @Property
    void whatIsWrittenIsReadAsTheSame(
            @ForAll("texts") String text, @ForAll("texts") String other, @ForAll("texts") String key) throws Exception {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("text", text);
        tree.put("list", List.of(other, 7L, text));
        tree.put("nested", Map.of("flag", true, "number", 12L, "deeper", Map.of(key, other)));

        assertThat(YamlReader.read(YamlWriter.write(tree).getBytes(StandardCharsets.UTF_8))
                        .plain())
                .isEqualTo(tree);
    }

    @Property
    void aWindowAndARolloutWrittenBackSayTheSame(
            @ForAll("texts") String text, @ForAll("texts") String param, @ForAll boolean flag) {
        Window window = Window.newBuilder()
                .setName("w")
                .setRrule(flag ? "FREQ=MONTHLY;BYDAY=2TU" : "")
                .setStart("2026-12-08T22:00")
                .setZone("Europe/Berlin")
                .setDuration(com.google.protobuf.Duration.newBuilder().setSeconds(5_400))
                .setReserve(com.google.protobuf.Duration.newBuilder().setSeconds(flag ? 0 : 900))
                .setHosts(text.strip())
                .setExclusive(flag)
                .build();
        RolloutSpec rollout = RolloutSpec.newBuilder()
                .setName("r")
                .setPlaybook("web@7")
                .putParams("p", param)
                .setSelector("host.labels.role == \"web\"")
                .setWindow("w")
                .addAllWaves(List.of("1", "25%"))
                .setFailureThreshold("0")
                .setNeverTogether("labels.cluster=2")
                .setRebootsAtOnce(flag ? "10%" : "2")
                .setRebootInterval(com.google.protobuf.Duration.newBuilder().setSeconds(flag ? 30 : 0))
                .addApproveBefore(2)
                .build();
        Contract contract = Contract.newBuilder()
                .setName("c")
                .setClient(text.strip())
                .setHosts("host.labels.role == \"web\"")
                .setZone("Asia/Tokyo")
                .addAllDays(flag ? List.of("SUNDAY", "MONDAY") : List.of())
                .setOpens(flag ? "08:30" : "09:00")
                .setCloses("18:00")
                .addCalendars("holidays")
                .addTerms(ContractTerms.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_CORRECTIVE)
                        .setResponse(com.google.protobuf.Duration.newBuilder().setSeconds(5_400))
                        .setFixBusinessDays(3))
                .addTerms(ContractTerms.newBuilder()
                        .setType(MaintenanceType.MAINTENANCE_ADAPTIVE)
                        .setCharged(flag))
                .build();
        assertThat(readBack(new ContractKind(), "c", ContractKind.tree(contract)))
                .isEqualTo(ContractKind.tree(contract));
        assertThat(readBack(WINDOW, "w", WindowKind.tree(window))).isEqualTo(WindowKind.tree(window));
        assertThat(readBack(ROLLOUT, "r", RolloutKind.tree(rollout))).isEqualTo(RolloutKind.tree(rollout));
    }

    @Property
    void aTeamWrittenBackSaysTheSame(
            @ForAll("texts") String text,
            @ForAll NotificationSeverity severity,
            @ForAll Set<@From("notices") Long> notices,
            @ForAll Set<DayOfWeek> days,
            @ForAll boolean flag) {
        boolean word = severity != NotificationSeverity.UNRECOGNIZED
                && severity != NotificationSeverity.NOTIFICATION_SEVERITY_UNSPECIFIED;
        Team.Builder team = Team.newBuilder()
                .setName("t")
                .setHosts(text.isBlank() ? "true" : text.strip())
                .addAllMail(flag ? List.of("b+1@example.com", "a_{x}@example.com") : List.of())
                .setWebhook(flag ? "https://ops.example.com:8443/…" : "")
                .setSlack(flag ? "" : "https://hooks.example.com/…")
                .addAllNotices(notices.stream()
                        .sorted(Comparator.reverseOrder())
                        .map(seconds -> com.google.protobuf.Duration.newBuilder()
                                .setSeconds(seconds)
                                .build())
                        .toList());
        if (word) {
            team.putLeast(flag ? "a_{x}@example.com" : "slack", severity);
            team.setQuiet(QuietHours.newBuilder()
                    .setZone("Europe/Berlin")
                    .addAllDays(new TreeSet<>(days.isEmpty() ? Set.of(DayOfWeek.values()) : days)
                            .stream().map(DayOfWeek::name).toList())
                    .setFrom("20:00")
                    .setTo("08:30"));
        }

        Map<String, Object> tree = TeamKind.tree(team.build());
        Declared back = declared(new TeamKind(), "t", tree);

        assertThat(back.tree()).isEqualTo(tree);
        CreateTeamRequest request = ((TeamKind.Made) back.making()).request();
        assertThat(request.getMailList()).isEqualTo(team.getMailList());
        assertThat(request.getWebhook()).isEqualTo(team.getWebhook());
        assertThat(request.getSlack()).isEqualTo(team.getSlack());
        assertThat(request.getLeastMap()).isEqualTo(team.getLeastMap());
        if (request.hasNotices()) {
            assertThat(request.getNotices().getBeforeList()).isEqualTo(team.getNoticesList());
        }
    }

    @Provide
    Arbitrary<Long> notices() {
        return Arbitraries.of(60L, 3_600L, 5_400L, 86_400L, 86_400L * 31);
    }

    private static Map<String, Object> readBack(Kind kind, String name, Map<String, Object> tree) {
        return declared(kind, name, tree).tree();
    }

    private static Declared declared(Kind kind, String name, Map<String, Object> tree) {
        List<Source> sources = new ArrayList<>(Sources.split(
                "f.yaml",
                Path.of(""),
                Exported.document(kind, name, tree, tree, Map.of()).content()));
        return Documents.read(sources, variable -> Optional.empty()).getFirst();
    }
}
