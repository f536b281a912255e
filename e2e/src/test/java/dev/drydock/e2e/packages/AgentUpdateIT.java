package dev.drydock.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.playbooks.library.Library;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An agent becomes another version of itself by a rollout, and goes back by itself where that is no good. One host, in order. */
@WithFleet
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentUpdateIT {
    private static final Pattern VERSION = Pattern.compile("-update_(.+)_(x86_64|aarch64)\\.tar\\.gz$");
    private static final String STATE = "sed -n 's/^phase=//p' /var/lib/drydock-agent-update/state";

    @TempDir
    static Path directory;

    private static Fleet fleet;
    private static LabHost host;
    private static Path newer;
    private static String before;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        newer = Packages.file(Packages.agentOf("9.0.0", directory.resolve("newer")), "drydock-agent-update", ".tar.gz");
        host = fleet.withPackage("updated", Packages.file(Packages.built(), "drydock-agent_", ".deb"));
        before = current();
    }

    private static String current() {
        return host.sh("basename $(readlink /usr/lib/drydock-agent/current)");
    }

    private static String running() {
        return host.sh("readlink /proc/$(systemctl show -p MainPID --value drydock-agent)/exe");
    }

    private static String version(Path archive) {
        Matcher name = VERSION.matcher(archive.getFileName().toString());
        assertThat(name.find()).isTrue();
        return name.group(1);
    }

    /** A version that is the newer one but for its launcher. */
    private static Path broken(String version, String launcher) throws IOException, InterruptedException {
        Path archive = directory.resolve("drydock-agent-update_" + version + "_x86_64.tar.gz");
        Path script =
                Files.writeString(directory.resolve("break.sh"), """
                set -e
                rm -rf broken && mkdir broken && tar -xzf '%s' -C broken
                echo %s >broken/BUILD
                printf '#!/bin/sh\\n[ "$1" != --help ] || exit 0\\n%s\\n' >broken/bin/drydock-agent
                tar -czf '%s' -C broken .
                """.formatted(newer, version, launcher, archive));
        Process made = new ProcessBuilder("sh", script.toString())
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return archive;
    }

    private static void push(String name, Path archive, String checkIn, String more) {
        String digest = fleet.cli().ok("artifact", "push", archive.toString(), "--quiet");
        fleet.push(name, """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s}
                spec:
                  hosts: host.name == "updated"
                  steps:
                    - name: Before
                      file.put: {path: /etc/lab-%s, content: "before"}
                    - agent.update: {artifact: "%s", version: "%s", checkIn: %s}
                %s
                """.formatted(name, name, digest, version(archive), checkIn, more));
    }

    private static Run run(String name, Path archive, String checkIn, String more) {
        push(name, archive, checkIn, more);
        return fleet.ended(fleet.start(name, host));
    }

    private static void assertIsAsBefore(String name) {
        assertThat(current()).isEqualTo(before);
        assertThat(running()).startsWith("/usr/lib/drydock-agent/versions/" + before + "/");
        assertThat(host.trySh("test -e /etc/lab-" + name).getExitCode())
                .as("the step before went back too")
                .isNotZero();
    }

    @Test
    @Order(1)
    void aHostThatPinsItsAgentTakesNone() {
        host.put("/etc/drydock/policy.yaml", "actions: {deny: [agent.update]}\n", 0644);

        Run run = run("pinned", newer, "1m", "");

        host.sh("rm /etc/drydock/policy.yaml");
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.REFUSED);
        assertThat(run.toString()).contains("agent.update");
        assertIsAsBefore("pinned");
        assertThat(host.sh("ls /usr/lib/drydock-agent/versions")).isEqualTo(before);
    }

    @Test
    @Order(2)
    void aVersionThatEndsAtOnceIsTakenBackByTheHost() throws Exception {
        Run run = run("crashes", broken("8.0.0-crashes", "exit 1"), "10s", "");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString()).contains("it did not come to its controller within 10 s");
        assertIsAsBefore("crashes");
    }

    /** The updater is killed, and then the whole host loses its power, while a version runs that never connects. */
    @Test
    @Order(3)
    void aPowerCutInTheMiddleEndsInTheVersionOfBefore() throws Exception {
        push("silent", broken("8.0.1-silent", "exec sleep 1d"), "25s", "");
        String rollout = fleet.start("silent", host);
        awaitOnHost("[ \"$(" + STATE
                + ")\" = switched ] && [ \"$(basename $(readlink /usr/lib/drydock-agent/current))\" = 8.0.1-silent ]");
        host.sh("systemctl kill --kill-who=all --signal=KILL drydock-agent-update");
        awaitOnHost("systemctl is-active drydock-agent-update");

        host.restart();

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertIsAsBefore("silent");
        assertThat(host.sh(STATE)).isEqualTo("back");
    }

    @Test
    @Order(4)
    void aGoodVersionTakesOverAndCarriesItsRunToTheEnd() {
        Run run = run("good", newer, "3m", """
                    - name: After
                      file.put: {path: /etc/lab-after, content: "after"}
                """);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(current()).isEqualTo(version(newer));
        assertThat(running()).startsWith("/usr/lib/drydock-agent/versions/" + version(newer) + "/");
        assertThat(host.sh("cat /etc/lab-good /etc/lab-after")).isEqualTo("beforeafter");
        assertThat(host.sh(STATE)).isEqualTo("good");
    }

    /** To the older version, which takes the run up, and back to the newer one, which does so again. */
    @Test
    @Order(5)
    void whatFailsAfterwardsBringsTheFormerVersionBack() {
        before = current();
        Path older = Packages.file(Packages.built(), "drydock-agent-update", ".tar.gz");

        Run run = run("later", older, "3m", """
                    - name: Disappoint
                      command.run: {argv: [/bin/false], undo: [/bin/true]}
                """);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getResult().getRollbackEvidenceList().toString())
                .contains("the agent " + before + " counts again");
        assertIsAsBefore("later");
    }

    @Test
    @Order(6)
    void theReadyPlaybookDoesIt() {
        Path older = Packages.file(Packages.built(), "drydock-agent-update", ".tar.gz");
        String digest = fleet.cli().ok("artifact", "push", older.toString(), "--quiet");
        fleet.push(
                "agent-update",
                Library.source("agent-update")
                        .replaceFirst("sha256:0{64}", digest)
                        .replaceFirst("version: \\S+", "version: " + version(older)));

        Run run = fleet.ended(fleet.start("agent-update", host));

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(running()).startsWith("/usr/lib/drydock-agent/versions/" + version(older) + "/");
    }

    private static void awaitOnHost(String command) {
        Awaitility.await(command)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> host.trySh(command).getExitCode() == 0);
    }
}
