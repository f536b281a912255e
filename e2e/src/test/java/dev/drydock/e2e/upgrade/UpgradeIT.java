package dev.drydock.e2e.upgrade;

import static dev.drydock.proto.agent.v1.RunState.REFUSED;
import static dev.drydock.proto.agent.v1.RunState.ROLLED_BACK;
import static dev.drydock.proto.agent.v1.RunState.RUNNING;
import static dev.drydock.proto.agent.v1.RunState.RUN_STATE_UNSPECIFIED;
import static dev.drydock.proto.agent.v1.RunState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.Page;
import dev.drydock.e2e.lab.Distribution;
import dev.drydock.e2e.lab.FirstVersion;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.Repository;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The first version of everything, with a rollout in the middle of its second wave, becomes the newest by what docs/upgrade.md tells to
 * type; then the controller and an agent go back. One fleet, in order.
 */
@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String COPIES = "/var/lib/drydock/upgrade-backups";
    private static final String RUNNING_AGENT =
            "readlink /proc/$(systemctl show -p MainPID --value drydock-agent)/exe";

    /** The hosts have no sudo, and all that is typed is root's. */
    private static final String SUDO = """
            #!/bin/sh
            [ "$1" = -u ] || exec "$@"
            user=$2
            shift 2
            exec runuser -u "$user" -- "$@"
            """;

    /**
     * On a host that has the new package it waits until somebody lets it go, in a check, which begins anew when the agent does; and
     * goes back on one that is ill. Before the update both checks hold, and so they do after the way back.
     */
    private static final String HELD = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: held}
            spec:
              steps:
                - name: Update
                  os.packages: {packages: [lab-ok]}
                  timeout: 20m
                  rollbackTimeout: 3m
                  verify:
                    - command.check:
                        argv: [/bin/sh, -c, "test -e /run/lab-go || ! grep -qx 2.0 /usr/share/lab-ok/version"]
                        grace: 15m
                    - command.check:
                        argv: [/bin/sh, -c, "! test -e /run/lab-ill || ! grep -qx 2.0 /usr/share/lab-ok/version"]
                        grace: 1s
              verify:
                - service.active: [nginx]
            """;

    /** The first version does not know the check. */
    private static final String NEWER = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: newer}
            spec:
              preflight:
                - file.permissions: {paths: [/etc/nginx]}
              steps:
                - name: Put
                  file.put: {path: /etc/lab-newer, content: "newer"}
            """;

    private static final Deque<LabHost> STARTED = new ArrayDeque<>();

    private static Map<String, LabHost> web;
    private static LabHost ctl;
    private static Desk old;
    private static Desk drydock;
    private static String packagesBefore;
    private static Run first;
    private static String firstSaid;

    @BeforeAll
    static void theFirstVersionIsThere(Lab lab) {
        Path was = FirstVersion.distribution();
        ctl = started(lab.bareHost("ctl"));
        web = Stream.of("web-01", "web-02", "web-03", "web-04", "web-05")
                .map(name -> lab.agentHost(name, was.resolve("drydock-agent")))
                .toList()
                .parallelStream()
                .map(UpgradeIT::started)
                .collect(Collectors.toMap(LabHost::name, Function.identity()));
        old = new Desk(ctl, "/opt/drydock/bin/drydock");
        drydock = new Desk(ctl, "drydock");
        ctl.copyIn(was.resolve("drydock"), "/opt/drydock");
        // As its docs/install.md tells.
        ctl.sh("""
                useradd --system --home-dir /var/lib/drydock --shell /usr/sbin/nologin drydock
                echo 'DRYDOCK_CONTROLLER_OPTS=--advertise ctl' > /etc/default/drydock-controller
                cp /opt/drydock/systemd/drydock-controller.service /etc/systemd/system/
                systemctl daemon-reload
                systemctl enable --quiet --now drydock-controller
                """);
        await("the old controller", () -> ctl.trySh("/opt/drydock/bin/drydock login --address ctl:8443"
                                + " --ca /var/lib/drydock/ca.crt --token-file /var/lib/drydock/admin.token")
                        .getExitCode()
                == 0);
        old.ok("key create ops");
        old.ok("key pin ops.pub");
        String token = old.ok("token create --uses 5 --ttl 1h --label role=web --quiet");
        web.values().parallelStream().forEach(host -> {
            host.install("lab-ok=1.0");
            host.put("/root/token", token, 0600);
            host.sh("drydock-agent enroll --controller ctl:7443 --token-file /root/token"
                    + " && systemctl enable --quiet --now drydock-agent");
        });
        await("five agents", () -> old.hostsOnline() == 5);
    }

    @AfterAll
    static void end() {
        STARTED.parallelStream().forEach(LabHost::close);
    }

    private static LabHost started(LabHost host) {
        synchronized (STARTED) {
            STARTED.push(host);
        }
        host.start();
        host.put("/usr/local/bin/sudo", SUDO, 0755);
        host.put("/etc/apt/apt.conf.d/95yes", "APT::Get::Assume-Yes \"true\";\n", 0644);
        return host;
    }

    private static LabHost web(int number) {
        return web.get("web-0" + number);
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(condition);
    }

    /** Types a block of docs/upgrade.md as it stands there. */
    private static void type(LabHost host, String journey) {
        host.put("/root/step", step(journey), 0644);
        host.sh("HOME=/root sh /root/step 2>&1");
    }

    private static String step(String journey) {
        List<Page.Block> blocks = Page.read(Repository.root().resolve("docs/upgrade.md")).blocks().stream()
                .filter(block -> block.journey().equals(journey))
                .toList();
        assertThat(blocks).as(journey).hasSize(1);
        return "set -e\ncd /root\n" + String.join("\n", blocks.getFirst().text()) + "\n";
    }

    private static void copyIn(LabHost host, String pattern) {
        for (Path file : Distribution.packages(pattern)) {
            host.copyIn(file, "/root/" + file.getFileName());
        }
    }

    private static void push(Desk desk, String name, String playbook) {
        ctl.put("/root/" + name + ".yaml", playbook, 0644);
        desk.ok("playbook sign " + name + ".yaml --key ops.key");
        desk.ok("playbook push " + name + ".yaml");
    }

    private static void go(int number) {
        web(number).sh("touch /run/lab-go");
    }

    @Test
    @Order(1)
    void aRolloutOfTheFirstVersionIsInItsSecondWave() {
        packagesBefore = web(4).dpkgList();
        go(1);
        push(old, "held", HELD);
        old.ok("window create now --now --duration 3h");
        old.ok("rollout create held --playbook held --hosts 'host.labels.role == \"web\"' --window now"
                + " --wave 1 --wave 3 --failure-threshold 1");

        await("three updates that wait to be let go", () -> old.states("held").get("web-04") == RUNNING
                && Stream.of("web-02", "web-03", "web-04")
                        .allMatch(name -> old.run("held", name).getStepsList().stream()
                                .anyMatch(step -> step.getState() == StepState.STEP_VERIFYING)));

        assertThat(old.states("held"))
                .isEqualTo(Map.of(
                        "web-01",
                        SUCCEEDED,
                        "web-02",
                        RUNNING,
                        "web-03",
                        RUNNING,
                        "web-04",
                        RUNNING,
                        "web-05",
                        RUN_STATE_UNSPECIFIED));
        first = old.run("held", "web-01");
        firstSaid = old.ok("run logs " + first.getId());
    }

    @Test
    @Order(2)
    void theNewControllerGoesOnWithItsRecordAndItsAgents() {
        copyIn(ctl, "drydock-controller_*.deb");
        copyIn(ctl, "drydock-cli_*.deb");

        type(ctl, "controller-to-package");
        ctl.sh("apt-get install -y -qq /root/drydock-cli_*.deb");

        await("the new controller", () -> ctl.trySh("curl -ksf https://ctl:8443/readyz").getExitCode() == 0);
        assertThat(ctl.sh("ls " + COPIES)).matches("drydock-schema-3-\\S+\\.db");
        assertThat(ctl.sh("journalctl -u drydock-controller"))
                .contains("brings the schema from version 3 to ", "drydock-controller restore --from " + COPIES);
        await("five agents of before", () -> drydock.hostsOnline() == 5);
        assertThat(drydock.run("held", "web-01")).isEqualTo(first);
        assertThat(drydock.ok("run logs " + first.getId())).isEqualTo(firstSaid);
        assertThat(drydock.states("held"))
                .containsEntry("web-02", RUNNING)
                .containsEntry("web-05", RUN_STATE_UNSPECIFIED);
    }

    @Test
    @Order(3)
    void runsThatWereBegunEndUnderEitherAgent() {
        copyIn(web(2), "drydock-agent_*.deb");
        type(web(2), "agent-to-package");
        Stream.of(3, 4).parallel().forEach(number -> {
            web(number).copyIn(Distribution.agent(), "/opt/drydock-agent.new");
            type(web(number), "agent-folder");
        });
        assertThat(web(2).sh(RUNNING_AGENT)).as("a run is under way").startsWith("/opt/drydock-agent/");
        assertThat(web(3).sh("drydock-agent doctor --help")).as("not of the first version").isNotEmpty();
        web(4).sh("touch /run/lab-ill");

        Stream.of(2, 3, 4, 5).forEach(UpgradeIT::go);
        ctl.trySh("drydock rollout watch held");

        assertThat(drydock.states("held"))
                .isEqualTo(Map.of(
                        "web-01",
                        SUCCEEDED,
                        "web-02",
                        SUCCEEDED,
                        "web-03",
                        SUCCEEDED,
                        "web-04",
                        ROLLED_BACK,
                        "web-05",
                        SUCCEEDED));
        assertThat(drydock.rollout("held").getState()).isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);
        for (int number : List.of(1, 2, 3, 5)) {
            assertThat(web(number).version("lab-ok")).isEqualTo("2.0");
        }
        assertThat(web(4).dpkgList()).isEqualTo(packagesBefore);
        Run back = drydock.run("held", "web-04");
        assertThat(back.getResult().getRollbackEvidenceList()).as(back.toString()).isNotEmpty();
        await("the new agent on web-02", () -> web(2).sh(RUNNING_AGENT).startsWith("/usr/lib/drydock-agent/versions/"));
    }

    /** web-01 and web-05 still have the first version of the agent. */
    @Test
    @Order(4)
    void whatAnOldAgentDoesNotKnowItRefusesUntilItIsUpgraded() {
        await("five agents", () -> drydock.hostsOnline() == 5);
        push(drydock, "newer", NEWER);
        drydock.ok("rollout create newer --playbook newer --hosts 'host.labels.role == \"web\"' --window now --wave 100%");
        ctl.trySh("drydock rollout watch newer");
        assertThat(drydock.states("newer"))
                .isEqualTo(Map.of(
                        "web-01",
                        REFUSED,
                        "web-02",
                        SUCCEEDED,
                        "web-03",
                        SUCCEEDED,
                        "web-04",
                        SUCCEEDED,
                        "web-05",
                        REFUSED));
        assertThat(drydock.run("newer", "web-01").getReason()).contains("file.permissions");
        assertThat(web(1).trySh("test -e /etc/lab-newer").getExitCode()).isNotZero();

        Stream.of(1, 5).parallel().forEach(number -> {
            copyIn(web(number), "drydock-agent_*.deb");
            type(web(number), "agent-to-package");
            await("the new agent", () -> web(number).sh(RUNNING_AGENT).startsWith("/usr/lib/drydock-agent/versions/")
                    && web(number).trySh("drydock-agent status").getExitCode() == 0);
        });
        drydock.ok("rollout retry newer");
        ctl.trySh("drydock rollout watch newer");

        assertThat(drydock.states("newer").values()).containsOnly(SUCCEEDED);
        assertThat(drydock.rollout("newer").getState()).isEqualTo(RolloutState.COMPLETED);
        ctl.sh("cd /root && drydock audit export --to audit.jsonl && drydock audit verify audit.jsonl");
    }

    @Test
    @Order(5)
    void theWayBackLeadsToTheFirstVersionAsItWas() {
        String copy = ctl.sh("ls " + COPIES);
        ctl.put("/root/step", step("restore").replaceAll("drydock-schema-\\S+\\.db", copy), 0644);
        // It asks, at a terminal alone.
        assertThat(ctl.sh("echo yes | script -qec 'sh /root/step' /dev/null"))
                .contains("is lost: ", "Put it back? Type yes: ", "Put back. What was there is in /var/lib/drydock/");

        type(ctl, "controller-to-folder");

        await("the old controller", () -> ctl.trySh("/opt/drydock/bin/drydock version --controller")
                        .getExitCode()
                == 0);
        assertThat(old.states("held"))
                .as("as it was when the new controller came")
                .containsEntry("web-01", SUCCEEDED)
                .containsEntry("web-05", RUN_STATE_UNSPECIFIED);
        assertThat(ctl.trySh("/opt/drydock/bin/drydock rollout show newer").getExitCode())
                .isEqualTo(1);
        assertThat(old.run("held", "web-01")).isEqualTo(first);

        type(web(1), "agent-to-folder");

        assertThat(web(1).sh(RUNNING_AGENT)).startsWith("/opt/drydock-agent/");
        await("the old agent", () -> old.json(Host.getDefaultInstance(), "host show web-01").getOnline());
    }
}
