package dev.drydock.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.parse.PlaybookParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookCommandsTest {
    private static final String BROKEN = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: web}
            spec:
              steps:
                - os.package: {update: security}
              onFailure: stop
            """;

    @TempDir
    Path directory;

    private Cli cli;
    private Path file;

    @BeforeEach
    void start() {
        cli = new Cli(directory, new Playbooks());
        file = directory.resolve("web.yaml");
    }

    @AfterEach
    void stop() {
        cli.close();
    }

    private void newPlaybook() {
        assertThat(cli.run("playbook", "new", "web", "--template", "security-updates", "--out", file)
                        .exitCode())
                .isZero();
    }

    private Path key() {
        Path key = directory.resolve("ops.key");
        if (!Files.exists(key)) {
            assertThat(cli.run("key", "create", "ops", "--out", directory).exitCode())
                    .isZero();
        }
        return key;
    }

    private void pinned() {
        key();
        assertThat(cli.run("key", "pin", directory.resolve("ops.pub")).exitCode())
                .isZero();
    }

    private void pushed() {
        newPlaybook();
        pinned();
        assertThat(cli.run("playbook", "sign", file, "--key", key()).exitCode()).isZero();
        assertThat(cli.run("playbook", "push", file).exitCode()).isZero();
    }

    @Test
    void aNewPlaybookLints() {
        newPlaybook();

        Cli.Ended ended = cli.run("playbook", "lint", file);

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).isEqualTo(file + ": 0 errors, 0 warnings\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void newNeverOverwrites() throws IOException {
        Files.writeString(file, "mine");

        Cli.Ended ended = cli.run("playbook", "new", "web", "--out", file);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void anUnknownTemplateIsAnsweredWithThoseThereAre() {
        Cli.Ended ended = cli.run("playbook", "new", "web", "--template", "webb", "--out", file);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains(
                        "access-review, account-review, agent-update, certificate-renew",
                        "security-updates, site-backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void libraryListsTheReadyPlaybooksAndSaysWhatOneIs() {
        Cli.Ended all = cli.run("playbook", "library");
        assertThat(all.exitCode()).isZero();
        assertThat(all.out().lines().findFirst())
                .hasValueSatisfying(head -> assertThat(head).startsWith("TEMPLATE"));
        assertThat(all.out()).contains("full-updates", "preventive", "disk-cleanup", "perfective");

        Cli.Ended one = cli.run("playbook", "library", "disk-cleanup");
        assertThat(one.exitCode()).isZero();
        assertThat(one.out()).startsWith("# disk-cleanup").contains("**Way back:**", "**Tested on:**");

        assertThat(cli.run("playbook", "library", "disk-clean").exitCode()).isEqualTo(2);
    }

    @Test
    void lintPrintsPlacesAndFails() throws IOException {
        Files.writeString(file, BROKEN);

        Cli.Ended ended = cli.run("playbook", "lint", file);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err().lines())
                .containsExactly(
                        file
                                + ":6:7: error: spec.steps[0]: unknown action os.package, expected one of agent.update, backup.create, "
                                + "backup.verify, certificate.renew, command.run, file.put, middleware.update, os.packages, "
                                + "os.reboot, service.reload, service.restart, service.restart.needed, wordpress.update; did you mean "
                                + "os.packages?",
                        file
                                + ":4:1: warning: spec: nothing verifies the outcome; add verify with the checks that must hold "
                                + "afterwards",
                        file
                                + ":7:14: warning: spec.onFailure: a run that fails is left half done for a person to mend; "
                                + "rollback leaves the host as it was");
        assertThat(ended.out()).isEqualTo(file + ": 1 error, 2 warnings\n");
    }

    @Test
    void lintPrintsJsonForScripts() throws IOException {
        Files.writeString(file, BROKEN);

        Cli.Ended ended = cli.run("playbook", "lint", file, "--output", "json");

        JsonObject report = JsonParser.parseString(ended.out())
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject();
        JsonObject error = report.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(error.get("line").getAsString()).isEqualTo("6");
        assertThat(error.get("column").getAsInt()).isEqualTo(7);
        assertThat(error.get("suggestion").getAsString()).isEqualTo("os.packages");
        assertThat(report.getAsJsonArray("warnings")).hasSize(2);
    }

    @Test
    void warningsFailOnlyWhenStrict() throws IOException {
        Files.writeString(file, BROKEN.replace("os.package:", "os.packages:"));

        assertThat(cli.run("playbook", "lint", file).exitCode()).isZero();
        assertThat(cli.run("playbook", "lint", file, "--strict").exitCode()).isEqualTo(1);
    }

    @Test
    void aMissingFileIsSaid() {
        Cli.Ended ended = cli.run("playbook", "lint", file);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("Cannot read " + file);
    }

    @Test
    void whatDoesNotLintIsNotSigned() throws IOException {
        Files.writeString(file, BROKEN);

        Cli.Ended ended = cli.run("playbook", "sign", file, "--key", key());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("is not signed: 1 error, 2 warnings");
        assertThat(directory.resolve("web.yaml.dsse.json")).doesNotExist();
    }

    @Test
    void aSignedPlaybookIsPushedListedAndShown() throws IOException, InvalidPlaybookException {
        pushed();

        String canonical = new String(
                CanonicalForm.write(PlaybookParser.parse("web", Files.readAllBytes(file))), StandardCharsets.UTF_8);
        assertThat(cli.run("playbook", "list").out().lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("web@1     preventive   ops");
        assertThat(cli.run("playbook", "show", "web").out()).isEqualTo(Files.readString(file));
        assertThat(cli.run("playbook", "show", "web@1", "--canonical").out()).isEqualTo(canonical);
        assertThat(cli.run("playbook", "push", file, "--quiet").out()).isEqualTo("web@2\n");
    }

    @Test
    void anUnsignedPlaybookIsNotPushed() {
        newPlaybook();

        Cli.Ended ended = cli.run("playbook", "push", file);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("is not signed").contains("drydock playbook sign");
    }

    @Test
    void aPlaybookThatWasChangedAfterItWasSignedIsNotPushed() throws IOException {
        newPlaybook();
        pinned();
        cli.run("playbook", "sign", file, "--key", key());
        Files.writeString(file, Files.readString(file).replace("update: security", "update: all"));

        Cli.Ended ended = cli.run("playbook", "push", file);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("was changed after it was signed");
        assertThat(cli.run("playbook", "list").out()).contains("No playbooks.");
    }

    @Test
    void aSignatureThatNobodyPinnedIsTheControllersToRefuse() {
        newPlaybook();
        cli.run("playbook", "sign", file, "--key", key());

        Cli.Ended ended = cli.run("playbook", "push", file);

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("not among the pinned signers");
    }

    @Test
    void diffComparesAFileWithWhatTheControllerHas() throws IOException {
        pushed();
        assertThat(cli.run("playbook", "diff", "web", file).out()).startsWith("No difference");
        Path changed = Files.writeString(
                directory.resolve("changed.yaml"),
                Files.readString(file)
                        .replace("update: security", "update: all")
                        .replace("limit: 8", "limit: 4"));

        Cli.Ended ended = cli.run("playbook", "diff", "web@1", changed);

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out().lines())
                .containsExactly(
                        "~ spec.preflight[1].load.below.limit: 8 → 4",
                        "~ spec.steps[0].os.packages.update: \"security\" → \"all\"");
    }

    @Test
    void diffOfNothingFoundIsAFailure() {
        newPlaybook();

        Cli.Ended ended = cli.run("playbook", "diff", "web@9", file);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no playbook 'web@9'.");
    }
}
