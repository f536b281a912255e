package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.journey.OneProcess.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and a whole controller: apply makes it so, export writes it back. */
class DeclarativeIT {
    private static final String SECRET = "token-in-a-link";

    @TempDir
    static Path directory;

    private static OneProcess drydock;
    private Path files;

    @BeforeAll
    static void start() throws Exception {
        drydock = OneProcess.start(directory, Map.of("HOLIDAYS", "http://127.0.0.1:9/" + SECRET + ".ics"));
    }

    @AfterAll
    static void stop() {
        drydock.close();
    }

    @BeforeEach
    void folder() throws IOException {
        files = Files.createDirectories(directory.resolve("files-" + System.nanoTime()));
    }

    private Ended apply(String... more) {
        return drydock.run(Stream.concat(Stream.of("apply", "-f", files.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private Path write(String name, String text) {
        try {
            Path file = files.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void document(String kind, String name, String spec) {
        write(
                kind.toLowerCase(java.util.Locale.ROOT) + "s/" + name + ".yaml",
                "apiVersion: drydock/v1\nkind: %s\nmetadata:\n  name: %s\nspec:\n%s"
                        .formatted(kind, name, spec.indent(2)));
    }

    /** One of everything, all named with this prefix. */
    private void oneOfEverything(String prefix) {
        Path playbook = write("playbooks/" + prefix + "-monthly.yaml", """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s-monthly}  # a comment of the team
                spec:
                  steps:
                    - os.packages: {update: security}
                """.formatted(prefix));
        drydock.ok(
                "playbook",
                "sign",
                playbook.toString(),
                "--key",
                directory.resolve("ops.key").toString());
        document("Calendar", prefix + "-freeze", "timezone: Europe/Berlin\ndates: [2027-11-04/2027-11-11, 2027-12-25]");
        document("Calendar", prefix + "-holidays", "urlFromEnvironment: HOLIDAYS");
        document("Calendar", prefix + "-inventory", "file: inventory.ics");
        write("calendars/inventory.ics", """
                BEGIN:VCALENDAR\r
                VERSION:2.0\r
                BEGIN:VEVENT\r
                DTSTART;VALUE=DATE:20270201\r
                SUMMARY:Inventory "of all"\r
                END:VEVENT\r
                END:VCALENDAR\r
                """);
        document("Window", prefix + "-sunday", """
                rrule: FREQ=WEEKLY;BYDAY=SU
                start: 2030-01-06T02:00:00
                zone: Asia/Tokyo
                duration: 180m
                cutoff: 45m
                calendars: [%1$s-inventory, %1$s-freeze]
                """.formatted(prefix));
        document("Rollout", prefix + "-january", """
                playbook: %1$s-monthly
                hosts: host.labels.role == "web"
                window: %1$s-sunday
                strategy: {waves: [1], failureThreshold: 0, soak: 15m}
                """.formatted(prefix));
    }

    @Test
    void whatFilesSayComesToBeThereOnceAndIsWrittenBack() throws IOException {
        oneOfEverything("one");

        Ended shown = apply("--dry-run");
        assertThat(shown.exitCode()).as("%s", shown).isZero();
        assertThat(shown.out()).contains("+ create  Window one-sunday", "6 to create.");
        assertThat(drydock.ok("window", "list").out()).doesNotContain("one-sunday");
        assertThat(apply().exitCode()).as("nobody to ask").isEqualTo(2);

        Ended made = apply("--yes");
        assertThat(made.exitCode()).as("%s", made).isZero();
        assertThat(made.out()).contains("done  create  Playbook one-monthly", "done  create  Rollout one-january");
        assertThat(apply().out()).isEqualTo("Nothing to change: 6 unchanged.\n");

        Path exported = directory.resolve("exported-one");
        drydock.ok("export", exported.toString());
        assertThat(drydock.run("apply", "-f", exported.toString(), "--prune").out())
                .startsWith("Nothing to change: ");
        String stream = drydock.ok("export", "-").out();
        Ended again = drydock.typing(stream, "apply", "-f", "-");
        assertThat(again.out()).as("%s", again).startsWith("Nothing to change: ");
        assertThat(drydock.ok("export", files.toString()).out())
                .as("the team's own words for the same stay")
                .doesNotContain("one-");
        try (Stream<Path> all = Files.walk(exported)) {
            assertThat(all.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(SECRET));
        }
        assertThat(stream).doesNotContain(SECRET).contains("http://127.0.0.1:9/…");
    }

    @Test
    void whatDiffersIsShownFieldByFieldAndChangedInItsPlace() {
        oneOfEverything("two");
        assertThat(apply("--yes").exitCode()).isZero();

        document("Window", "two-sunday", """
                rrule: FREQ=WEEKLY;BYDAY=SU
                start: 2030-01-06T02:00
                zone: Asia/Tokyo
                duration: 4h
                cutoff: 45m
                calendars: [two-freeze]
                """);
        Ended shown = apply("--dry-run");
        assertThat(shown.out())
                .contains("~ change  Window two-sunday")
                .contains("~ duration: \"3h\" → \"4h\"")
                .contains("~ calendars: [\"two-freeze\",\"two-inventory\"] → [\"two-freeze\"]")
                .contains("going on by the window as it was: rollout two-january")
                .contains("1 to change, 5 unchanged.");
        assertThat(apply("--yes").exitCode()).isZero();
        assertThat(drydock.ok("window", "show", "two-sunday").out()).contains("4h");
        assertThat(apply().out()).startsWith("Nothing to change");
    }

    @Test
    void aRolloutThatDiffersIsRefusedAndThenNothingIsSent() {
        oneOfEverything("three");
        assertThat(apply("--yes").exitCode()).isZero();

        document("Rollout", "three-january", """
                playbook: three-monthly
                hosts: "true"
                window: three-sunday
                """);
        document("Window", "three-monday", "start: 2030-01-07T02:00\nzone: UTC\nduration: 1h");
        Ended refused = apply("--yes");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out())
                .contains("! refused  Rollout three-january", "there is another of that name (scheduled)")
                .contains("~ hosts: ");
        assertThat(drydock.ok("window", "list").out()).doesNotContain("three-monday");
    }

    @Test
    void pruneRemovesWhatNoFileHasButNotWhatIsStillNamed() throws IOException {
        oneOfEverything("four");
        document("Window", "four-extra", "start: 2030-01-07T02:00\nzone: UTC\nduration: 1h");
        document("Calendar", "four-extra", "dates: [2030-05-01]");
        assertThat(apply("--yes").exitCode()).isZero();
        for (String gone : new String[] {
            "windows/four-extra.yaml",
            "calendars/four-extra.yaml",
            "windows/four-sunday.yaml",
            "calendars/four-freeze.yaml"
        }) {
            Files.delete(files.resolve(gone));
        }
        document("Window", "four-other", "start: 2030-01-07T02:00\nzone: UTC\nduration: 1h");

        assertThat(apply("--dry-run").out()).contains("1 to create").doesNotContain("remove");
        Ended pruned = apply("--prune", "--yes");
        assertThat(pruned.exitCode()).as("%s", pruned).isZero();
        assertThat(pruned.out())
                .contains(
                        "- remove  Window four-extra", "- remove  Window four-sunday", "- remove  Calendar four-extra")
                .contains("= stays  Calendar four-freeze")
                .contains("in no file, and named by rollout four-january");
        assertThat(drydock.ok("window", "list").out())
                .doesNotContain("four-extra")
                .contains("four-other");
        assertThat(drydock.ok("calendar", "list").out())
                .doesNotContain("four-extra")
                .contains("four-freeze");
        assertThat(drydock.ok("rollout", "list").out()).contains("four-january");
        assertThat(drydock.ok("playbook", "list").out()).contains("four-monthly");
    }

    @Test
    void aPlaybookNeedsASignatureThatHoldsOnlyWhereItsContentIsNew() throws IOException {
        oneOfEverything("six");
        Path envelope = files.resolve("playbooks/six-monthly.yaml.dsse.json");
        Files.move(envelope, files.resolve("aside"));
        assertThat(apply("--dry-run").out())
                .contains("! refused  Playbook six-monthly", "it is not signed: there is no " + envelope);
        drydock.run("key", "create", "stranger", "--out", directory.toString());
        Path playbook = files.resolve("playbooks/six-monthly.yaml");
        drydock.ok(
                "playbook",
                "sign",
                playbook.toString(),
                "--key",
                directory.resolve("stranger.key").toString());
        assertThat(apply("--dry-run").out())
                .contains("! refused  Playbook six-monthly", "not among the pinned signers");

        Files.move(files.resolve("aside"), envelope, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(apply("--yes").exitCode()).isZero();
        Files.delete(envelope);
        assertThat(apply().out()).startsWith("Nothing to change");

        Files.writeString(playbook, Files.readString(playbook).replace("update: security", "update: all"));
        drydock.ok(
                "playbook",
                "sign",
                playbook.toString(),
                "--key",
                directory.resolve("ops.key").toString());
        Ended next = apply("--yes");
        assertThat(next.out())
                .contains("~ push  Playbook six-monthly")
                .contains("~ spec.steps[0].os.packages.update: \"security\" → \"all\"")
                .contains("as the next version after six-monthly@1");
        assertThat(drydock.ok("playbook", "list").out()).contains("six-monthly@2");
        assertThat(apply().out())
                .as("the rollout's file leaves the version open")
                .startsWith("Nothing to change");
    }

    @Test
    void whatWasCutOffSaysHowFarItCameAndGoesOn() {
        String one = "start: 2030-02-03T02:00\nzone: UTC\nduration: 1h\nhosts: host.name == \"web-01\"\n";
        document("Window", "five-a", one);
        document("Window", "five-b", one + "exclusive: true");

        Ended cut = apply("--yes");
        assertThat(cut.exitCode()).as("%s", cut).isEqualTo(4);
        assertThat(cut.out()).contains("done  create  Window five-a");
        assertThat(cut.err())
                .contains(
                        "Stopped at Window five-b, after 1 of 2 steps", "contradict each other", "goes on from there");

        document("Window", "five-b", one);
        Ended rest = apply("--yes");
        assertThat(rest.exitCode()).isZero();
        assertThat(rest.out()).contains("1 to create, 1 unchanged.");
    }
}
