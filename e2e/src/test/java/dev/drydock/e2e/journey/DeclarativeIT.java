package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.Environment;
import dev.drydock.cli.Main;
import dev.drydock.cli.Terminal;
import dev.drydock.cli.client.TlsChannels;
import dev.drydock.controller.Controller;
import dev.drydock.controller.ControllerOptions;
import dev.drydock.controller.agents.HostName;
import dev.drydock.controller.agents.NewHost;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateRequest;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.TokenText;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.controller.store.SqlHosts;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and a whole controller, both in this process: apply makes it so, export writes it back. */
class DeclarativeIT {
    private static final String SECRET = "token-in-a-link";

    @TempDir
    static Path directory;

    private static Controller controller;
    private static Map<String, String> variables;
    private Path files;

    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        Path data = Files.createDirectory(
                directory.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        enrol(data, "web-01");
        InetSocketAddress anywhere = new InetSocketAddress("127.0.0.1", 0);
        controller = Controller.start(new ControllerOptions(
                data, anywhere, anywhere, ServerNames.of(java.util.List.of()), Duration.ofDays(30)));
        String address = controller.readyLine().replaceFirst(".* api=(\\S+) .*", "$1");
        variables = new TreeMap<>(Map.of(
                "XDG_CONFIG_HOME", directory.resolve("config").toString(),
                "DRYDOCK_ADDRESS", address,
                "DRYDOCK_CA", data.resolve("ca.crt").toString(),
                "DRYDOCK_TOKEN_FILE", data.resolve("admin.token").toString(),
                "HOLIDAYS", "http://127.0.0.1:9/" + SECRET + ".ics"));
        run("key", "create", "ops", "--out", directory.toString());
        run("key", "pin", directory.resolve("ops.pub").toString());
    }

    /** As an agent would come, without one: what is planned for the host is never begun here. */
    private static void enrol(Path data, String name) throws Exception {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        CertificateAuthority authority = CertificateAuthority.open(data, clock, random);
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        try (SqliteStore store = SqliteStore.open(data.resolve("drydock.db"))) {
            SqlHosts hosts = new SqlHosts(store, clock);
            String secret = new SqlEnrolmentTokens(store, clock, random, authority.fingerprint())
                    .create(1, Duration.ofHours(1), Map.of("role", "web"))
                    .secret();
            hosts.enrol(
                    new NewHost(
                            "h-1",
                            HostName.of(name),
                            authority.issueForHost(
                                    "h-1",
                                    new CertificateRequest(
                                            keys.generateKeyPair().getPublic()),
                                    Duration.ofDays(30)),
                            Instant.now()),
                    TokenText.parse(secret).orElseThrow());
            hosts.reported(
                            "h-1",
                            "digest",
                            Host.newBuilder()
                                    .setName(name)
                                    .setOs(Os.newBuilder().setId("debian"))
                                    .build())
                    .join();
        }
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    @BeforeEach
    void folder() throws IOException {
        files = Files.createDirectories(directory.resolve("files-" + System.nanoTime()));
    }

    private static Ended run(String... arguments) {
        return typing("", arguments);
    }

    private static Ended typing(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(
                new Environment(
                        variables,
                        Terminal.NONE,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.systemUTC(),
                        new TlsChannels()),
                arguments);
        return new Ended(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Ended ok(String... arguments) {
        Ended ended = run(arguments);
        assertThat(ended.exitCode()).as("%s", ended).isZero();
        return ended;
    }

    private Ended apply(String... more) {
        return run(Stream.concat(Stream.of("apply", "-f", files.toString()), Stream.of(more))
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
        ok(
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
        assertThat(ok("window", "list").out()).doesNotContain("one-sunday");
        assertThat(apply().exitCode()).as("nobody to ask").isEqualTo(2);

        Ended made = apply("--yes");
        assertThat(made.exitCode()).as("%s", made).isZero();
        assertThat(made.out()).contains("done  create  Playbook one-monthly", "done  create  Rollout one-january");
        assertThat(apply().out()).isEqualTo("Nothing to change: 6 unchanged.\n");

        Path exported = directory.resolve("exported-one");
        ok("export", exported.toString());
        assertThat(run("apply", "-f", exported.toString(), "--prune").out()).startsWith("Nothing to change: ");
        String stream = ok("export", "-").out();
        Ended again = typing(stream, "apply", "-f", "-");
        assertThat(again.out()).as("%s", again).startsWith("Nothing to change: ");
        assertThat(ok("export", files.toString()).out())
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
        assertThat(ok("window", "show", "two-sunday").out()).contains("4h");
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
        assertThat(ok("window", "list").out()).doesNotContain("three-monday");
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
        assertThat(ok("window", "list").out()).doesNotContain("four-extra").contains("four-other");
        assertThat(ok("calendar", "list").out()).doesNotContain("four-extra").contains("four-freeze");
        assertThat(ok("rollout", "list").out()).contains("four-january");
        assertThat(ok("playbook", "list").out()).contains("four-monthly");
    }

    @Test
    void aPlaybookNeedsASignatureThatHoldsOnlyWhereItsContentIsNew() throws IOException {
        oneOfEverything("six");
        Path envelope = files.resolve("playbooks/six-monthly.yaml.dsse.json");
        Files.move(envelope, files.resolve("aside"));
        assertThat(apply("--dry-run").out())
                .contains("! refused  Playbook six-monthly", "it is not signed: there is no " + envelope);
        run("key", "create", "stranger", "--out", directory.toString());
        Path playbook = files.resolve("playbooks/six-monthly.yaml");
        ok(
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
        ok(
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
        assertThat(ok("playbook", "list").out()).contains("six-monthly@2");
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
