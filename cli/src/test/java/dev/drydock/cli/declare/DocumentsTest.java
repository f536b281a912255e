package dev.drydock.cli.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    Path folder;

    private List<Declared> read(String... texts) {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            sources.addAll(Sources.split("f" + (i + 1) + ".yaml", folder, texts[i].getBytes(StandardCharsets.UTF_8)));
        }
        return Documents.read(
                sources,
                name -> Optional.ofNullable(
                        Map.of("LINK", "https://c.example:8443/a?secret").get(name)));
    }

    private List<String> problems(String... texts) {
        CliException thrown = catchThrowableOfType(CliException.class, () -> read(texts));
        assertThat(thrown.exitCode()).isEqualTo(ExitCode.USAGE);
        return thrown.getMessage().lines().toList();
    }

    private static String document(String kind, String name, String spec) {
        return "apiVersion: drydock/v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec:\n" + spec.indent(2);
    }

    @Test
    void allThatIsWrongWithAllFilesIsSaidAtOnceWithItsPlace() {
        assertThat(problems(
                        document("Window", "Sunday", "start: 2026-11-29T02:00\nzone: UTC\nduraton: 3h"),
                        document("Windw", "monday", "start: x"),
                        document(
                                "Rollout",
                                "web",
                                "playbook: web\nhosts: \"true\"\nemergency: now\nstrategy: {soak: long}"),
                        "- a list",
                        document("Playbook", "web", "steps:\n  - os.package: {update: security}"),
                        document("Calendar", "freeze", "dates: [2026-12-25]\nurl: https://c.example/a.ics"),
                        "a: [b"))
                .containsExactly(
                        "f1.yaml:3:18: metadata.name: expected up to 63 of a-z, 0-9, '.', '_' and '-', a letter or digit"
                                + " first, found 'Sunday'",
                        "f1.yaml:5:3: spec: the key 'duration' is missing: how long it stays open: 3h",
                        "f1.yaml:7:3: spec.duraton: unknown key 'duraton'; did you mean duration?",
                        "f2.yaml:2:7: kind: expected one of Playbook, Calendar, Window, Rollout, Contract, Policy, Team, found 'Windw';"
                                + " did you mean Window?",
                        "f3.yaml:5:3: spec: the key 'window' is missing: a window's name",
                        "f3.yaml:7:14: spec.emergency: an emergency is of a moment, and no file declares it; take drydock"
                                + " rollout create --emergency",
                        "f3.yaml:8:20: spec.strategy.soak: expected a duration such as 90s, 15m or 1h30m, found 'long'",
                        "f4.yaml:1:1: expected a document that begins with apiVersion: drydock/v1, found a list",
                        "f5.yaml:6:7: spec.steps[0]: unknown action os.package, expected one of agent.update, backup.create,"
                                + " backup.verify, certificate.renew, command.run, file.put, middleware.update,"
                                + " os.packages, os.reboot, service.reload, service.restart, service.restart.needed,"
                                + " wordpress.update; did you mean os.packages?",
                        "f6.yaml:5:3: spec: expected one of dates, file, ics, url, urlFromEnvironment, found dates and url",
                        "f7.yaml:1:6: not valid YAML: while parsing a flow sequence, expected ',' or ']', but got"
                                + " <stream end>");
    }

    @Test
    void oneNameStandsForOneThingOfAKind() {
        String window = document("Window", "sunday", "start: 2026-11-29T02:00\nzone: UTC\nduration: 3h");

        assertThat(problems(window, "# a comment\n---\n" + window))
                .containsExactly("f2.yaml:5:18: metadata.name: there is another Window 'sunday' in f1.yaml:3:18");
        assertThat(read(window, document("Calendar", "sunday", "dates: [2026-12-25]")))
                .hasSize(2);
    }

    @Test
    void aFileMayHoldSeveralDocumentsAndNoneOfThemMovesThePlacesOfAnother() {
        String two = document("Calendar", "one", "dates: [2026-12-25]") + "---\n"
                + document("Calendar", "two", "dates: nothing");

        assertThat(problems(two)).containsExactly("f1.yaml:11:10: spec.dates: expected a list, found 'nothing'");
    }

    @Test
    void twoWordsForTheSameAreTheSame() {
        Declared long_ = read(document("Window", "w", """
                        start: 2026-11-29T02:00:00
                        zone: UTC
                        duration: 180m
                        cutoff: 0s
                        reserve: 15m
                        calendars: [b, a, b]
                        exclusive: false""")).getFirst();
        Declared brief = read(document(
                        "Window", "w", "start: 2026-11-29T02:00\nzone: UTC\nduration: 3h\ncalendars: [a, b]"))
                .getFirst();

        assertThat(long_.tree()).isEqualTo(brief.tree());
    }

    @Test
    void aLinkIsNeverShownWhole() {
        Map<String, Object> byVariable = read(document("Calendar", "c", "urlFromEnvironment: LINK"))
                .getFirst()
                .tree();

        assertThat(byVariable).isEqualTo(Map.of("url", "https://c.example:8443/…"));
        assertThat(read(document("Calendar", "c", "url: https://me:secret@c.example:8443/a?secret"))
                        .getFirst()
                        .tree())
                .isEqualTo(byVariable);
        assertThat(problems(document("Calendar", "c", "urlFromEnvironment: ABSENT")))
                .containsExactly("f1.yaml:5:23: spec.urlFromEnvironment: expected a variable of the environment that"
                        + " holds it (it is not set), found 'ABSENT'");
    }

    @Test
    void noSecretOfATeamIsInAFileNorInWhatIsSaidOfIt() {
        List<String> said = problems(
                document("Team", "a", "hosts: 'true'\nwebhookSecret: whsec_hidden\nslack: https://h.example/hidden"),
                document("Team", "b", """
                        hosts: 'true'
                        slackFromEnvironment: https://h.example/hidden
                        webhook: https://o.example/…
                        webhookFromEnvironment: LINK
                        webhookSecretFromEnvironment: ABSENT"""));

        assertThat(said)
                .containsExactly(
                        "f1.yaml:6:18: spec.webhookSecret: no key is to be in a file; name the variable of the environment"
                                + " that holds it with webhookSecretFromEnvironment",
                        "f1.yaml:7:10: spec.slack: who knows the URL of a chat can write there, so that it is not to be in"
                                + " a file; expected https://HOST/… for the one that the team has, or the name of the"
                                + " variable of the environment that holds it in slackFromEnvironment",
                        "f2.yaml:6:25: spec.slackFromEnvironment: expected the name of a variable of the environment,"
                                + " such as HOOK",
                        "f2.yaml:7:12: spec.webhook: expected one of webhook and webhookFromEnvironment, found both",
                        "f2.yaml:9:33: spec.webhookSecretFromEnvironment: expected a variable of the environment that"
                                + " holds it (it is not set), found 'ABSENT'");
        assertThat(String.join("\n", said)).doesNotContain("hidden");
        assertThat(read(document("Team", "c", "hosts: 'true'\nslackFromEnvironment: LINK"))
                        .toString())
                .contains("https://c.example:8443/…")
                .doesNotContain("secret");
    }

    @Test
    void twoWordsForTheSameTeamAreTheSame() {
        Declared brief = read(document("Team", "t", "hosts: 'true'\nquiet: {hours: 20:00-08:00, zone: UTC}"))
                .getFirst();
        Declared whole = read(document("Team", "t", """
                        hosts: ' true '
                        mail: []
                        notices: [60m, 1d, 24h]
                        quiet:
                          hours: 20:00:00-08:00
                          zone: UTC
                          days: [sunday, MONDAY, tuesday, wednesday, thursday, friday, saturday]""")).getFirst();

        assertThat(whole.tree()).isEqualTo(brief.tree()).doesNotContainKey("notices");
        assertThat(read(document("Team", "t", "hosts: 'true'\nnotices: none"))
                        .getFirst()
                        .tree())
                .isEqualTo(read(document("Team", "t", "hosts: 'true'\nnotices: []"))
                        .getFirst()
                        .tree())
                .containsEntry("notices", "none");
    }

    @Test
    void allThatIsWrongWithATeamIsSaid() {
        assertThat(problems(document("Team", "a", """
                        host: 'true'
                        notices: [soon, 1h]
                        least: {slack: loud}
                        quiet: {hours: night, zon: UTC}""")))
                .containsExactly(
                        "f1.yaml:5:3: spec.host: unknown key 'host'; did you mean hosts?",
                        "f1.yaml:5:3: spec: the key 'hosts' is missing: the hosts that it owns, as CEL over host",
                        "f1.yaml:6:13: spec.notices[0]: expected a duration such as 24h, found 'soon'",
                        "f1.yaml:7:18: spec.least.slack: expected info, warning or critical, found 'loud'",
                        "f1.yaml:8:18: spec.quiet.hours: expected two local times such as 20:00-08:00, found 'night'",
                        "f1.yaml:8:25: spec.quiet.zon: unknown key 'zon'; did you mean zone?");
    }

    @Test
    void aPolicyIsReadAsItsOwnLintReadsItAndAtItsPlaceInTheFile() {
        String policy =
                "apiVersion: drydock/v1\nkind: Policy\nmetadata: {name: web}\nspec:\n  rules:\n    - id: updates\n"
                        + "      securityUpdates: {olderThan: 7d}\n";

        assertThat(read(document("Calendar", "c", "dates: [2026-12-25]") + "---\n" + policy)
                        .getLast())
                .satisfies(declared -> {
                    assertThat(declared.name()).isEqualTo("web");
                    assertThat(declared.place()).isEqualTo("f1.yaml:9:18");
                });
        assertThat(problems(document("Calendar", "c", "dates: [2026-12-25]") + "---\n"
                        + policy.replace("olderThan", "olderTan")))
                .allMatch(said -> said.startsWith("f1.yaml:13:"))
                .anyMatch(said -> said.contains("unknown key 'olderTan'"));
    }

    @Test
    void filesAreFoundBelowAFolderInAStableOrderWithoutWhatIsHidden() throws Exception {
        for (String file : List.of("b/two.yml", "a.yaml", ".git/x.yaml", "b/.hidden.yaml", "notes.txt")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "text: x\n");
        }

        assertThat(Sources.read(List.of(folder.toString()), java.io.InputStream.nullInputStream()))
                .extracting(Source::file)
                .containsExactly(
                        folder.resolve("a.yaml").toString(),
                        folder.resolve("b/two.yml").toString());
        CliException absent = catchThrowableOfType(
                CliException.class,
                () -> Sources.read(
                        List.of(folder.resolve("absent").toString()), java.io.InputStream.nullInputStream()));
        assertThat(absent.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
