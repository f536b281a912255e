package dev.drydock.e2e.upgrade;

import static dev.drydock.e2e.upgrade.Site.RUNNING_AGENT;
import static dev.drydock.e2e.upgrade.Site.await;
import static dev.drydock.e2e.upgrade.Site.copyIn;
import static dev.drydock.e2e.upgrade.Site.name;
import static dev.drydock.e2e.upgrade.Site.type;
import static dev.drydock.proto.agent.v1.RunState.REFUSED;
import static dev.drydock.proto.agent.v1.RunState.ROLLED_BACK;
import static dev.drydock.proto.agent.v1.RunState.RUNNING;
import static dev.drydock.proto.agent.v1.RunState.RUN_STATE_UNSPECIFIED;
import static dev.drydock.proto.agent.v1.RunState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.Distribution;
import dev.drydock.e2e.lab.FirstVersion;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
@Order(2) // of minutes: begun early
class UpgradeIT {
    private static final String COPIES = "/var/lib/drydock/upgrade-backups";
    private static final String PACKAGED = "/usr/lib/drydock-agent/versions/";
    private static final List<Integer> SECOND_WAVE = List.of(2, 3, 4);

    /** Empty where the history is not there. */
    private static Optional<Site> open = Optional.empty();

    private static Site site;
    private static LabHost ctl;
    private static Desk old;
    private static Desk newest;
    private static String packagesBefore = "";
    private static Run first = Run.getDefaultInstance();
    private static String firstSaid = "";

    @BeforeAll
    static void start(Lab lab) {
        site = Site.ofFirstVersion(lab, FirstVersion.distribution());
        open = Optional.of(site);
        ctl = site.ctl();
        old = site.old();
        newest = site.newest();
    }

    @AfterAll
    static void end() {
        open.ifPresent(Site::close);
    }

    private static LabHost web(int number) {
        return site.web(number);
    }

    private static void go(int number) {
        web(number).sh("touch /run/lab-go");
    }

    /** In the order of the hosts. */
    private static Map<String, RunState> states(RunState... states) {
        Map<String, RunState> all = new TreeMap<>();
        IntStream.range(0, states.length).forEach(at -> all.put(name(at + 1), states[at]));
        return all;
    }

    private static boolean hasTheUpdate(int number) {
        return web(number).version("lab-ok").equals("2.0");
    }

    private static boolean waitsInItsCheck(int number) {
        return old.run("held", name(number)).getStepsList().stream()
                .anyMatch(step -> step.getState() == StepState.STEP_VERIFYING);
    }

    @Test
    @Order(1)
    void aRolloutOfTheFirstVersionIsInItsSecondWave() {
        packagesBefore = web(4).dpkgList();
        go(1);
        site.push(old, "held", Playbooks.HELD);
        old.ok("window create now --now --duration 3h");
        old.ok("rollout create held --playbook held --hosts 'host.labels.role == \"web\"' --window now"
                + " --wave 1 --wave 3 --failure-threshold 1");

        await(
                "three updates that wait to be let go",
                () -> SECOND_WAVE.stream().allMatch(UpgradeIT::hasTheUpdate)
                        && old.states("held")
                                .equals(states(SUCCEEDED, RUNNING, RUNNING, RUNNING, RUN_STATE_UNSPECIFIED))
                        && SECOND_WAVE.stream().allMatch(UpgradeIT::waitsInItsCheck));

        first = old.run("held", name(1));
        firstSaid = old.ok("run logs " + first.getId());
        assertThat(first.getResult().getChangesCount()).isPositive();
    }

    @Test
    @Order(2)
    void theNewControllerGoesOnWithItsRecordAndItsAgents() {
        copyIn(ctl, "drydock-controller_*.deb");
        copyIn(ctl, "drydock-cli_*.deb");

        String doctor = type(ctl, "controller-to-package");
        ctl.sh("apt-get install -qq /root/drydock-cli_*.deb");

        assertThat(doctor).contains("its schema is at version 3; the next start copies it and brings it to");
        await(
                "the new controller",
                () -> ctl.trySh("curl -ksf https://" + Site.CONTROLLER + ":8443/readyz")
                                .getExitCode()
                        == 0);
        assertThat(ctl.sh("ls " + COPIES)).matches("drydock-schema-3-\\S+\\.db");
        assertThat(ctl.sh("journalctl -u drydock-controller"))
                .contains("brings the schema from version 3 to ", "drydock-controller restore --from " + COPIES);
        await("the first agents", () -> newest.hostsOnline() == Site.HOSTS);
        assertThat(newest.run("held", name(1))).isEqualTo(first);
        assertThat(newest.ok("run logs " + first.getId())).isEqualTo(firstSaid);
        assertThat(newest.states("held"))
                .isEqualTo(states(SUCCEEDED, RUNNING, RUNNING, RUNNING, RUN_STATE_UNSPECIFIED));
    }

    @Test
    @Order(3)
    void runsThatWereBegunEndUnderEitherAgent() {
        copyIn(web(2), "drydock-agent_*.deb");
        type(web(2), "agent-to-package");
        Stream.of(3, 4).parallel().forEach(number -> {
            web(number).copyIn(Distribution.agent(), "/opt/drydock-agent.new");
            type(web(number), "agent-folder");
            await(
                    "the new agent",
                    () -> web(number).sh(RUNNING_AGENT).equals("/opt/drydock-agent/runtime/bin/java")
                            && web(number).trySh("drydock-agent status").getExitCode() == 0);
        });
        assertThat(newest.states("held"))
                .isEqualTo(states(SUCCEEDED, RUNNING, RUNNING, RUNNING, RUN_STATE_UNSPECIFIED));
        assertThat(web(2).sh(RUNNING_AGENT)).as("a run is under way").startsWith("/opt/drydock-agent/");
        assertThat(web(2).sh("/usr/bin/drydock-agent status"))
                .as("the new program, of the old agent")
                .contains("connected");
        web(4).sh("touch /run/lab-ill");

        Stream.of(2, 3, 4, 5).forEach(UpgradeIT::go);
        ctl.trySh("drydock rollout watch held");

        assertThat(newest.states("held")).isEqualTo(states(SUCCEEDED, SUCCEEDED, SUCCEEDED, ROLLED_BACK, SUCCEEDED));
        assertThat(newest.rollout("held").getState()).isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);
        for (int number : List.of(1, 2, 3, 5)) {
            assertThat(web(number).version("lab-ok")).isEqualTo("2.0");
        }
        assertThat(web(4).dpkgList()).isEqualTo(packagesBefore);
        Run back = newest.run("held", name(4));
        assertThat(back.getResult().getRollbackEvidenceList())
                .as(back.toString())
                .isNotEmpty();
        await("the new agent", () -> web(2).sh(RUNNING_AGENT).startsWith(PACKAGED));
    }

    /** The first and the last host still have the first version of the agent. */
    @Test
    @Order(4)
    void whatAnOldAgentDoesNotKnowItRefusesUntilItIsUpgraded() {
        await("all agents", () -> newest.hostsOnline() == Site.HOSTS);
        site.push(newest, "newer", Playbooks.NEWER);
        newest.ok(
                "rollout create newer --playbook newer --hosts 'host.labels.role == \"web\"' --window now --wave 100%");
        ctl.trySh("drydock rollout watch newer");
        assertThat(newest.states("newer")).isEqualTo(states(REFUSED, SUCCEEDED, SUCCEEDED, SUCCEEDED, REFUSED));
        assertThat(newest.run("newer", name(1)).getReason()).contains("file.permissions");
        assertThat(web(1).trySh("test -e /etc/lab-newer").getExitCode()).isNotZero();

        Stream.of(1, 5).parallel().forEach(number -> {
            copyIn(web(number), "drydock-agent_*.deb");
            type(web(number), "agent-to-package");
            await(
                    "the new agent",
                    () -> web(number).sh(RUNNING_AGENT).startsWith(PACKAGED)
                            && web(number)
                                            .trySh("/usr/bin/drydock-agent status")
                                            .getExitCode()
                                    == 0);
        });
        newest.ok("rollout retry newer");
        ctl.trySh("drydock rollout watch newer");

        assertThat(newest.states("newer").values()).containsOnly(SUCCEEDED);
        assertThat(newest.rollout("newer").getState()).isEqualTo(RolloutState.COMPLETED);
        ctl.sh("cd /root && drydock audit export --to audit.jsonl && drydock audit verify audit.jsonl");
    }

    @Test
    @Order(5)
    void theWayBackLeadsToTheFirstVersionAsItWas() {
        IntStream.rangeClosed(1, Site.HOSTS).forEach(number -> web(number).sh("systemctl stop drydock-agent"));
        String copy = ctl.sh("ls " + COPIES);
        ctl.put("/root/step", Site.step("restore").replaceAll("drydock-schema-\\S+\\.db", copy), 0644);
        // It asks, and a terminal alone.
        assertThat(ctl.sh("echo yes | script -qec 'sh /root/step' /dev/null"))
                .contains("is lost: ", "Put it back? Type yes: ", "Put back. What was there is in /var/lib/drydock/");

        type(ctl, "controller-to-folder");

        await(
                "the old controller",
                () -> ctl.trySh("/opt/drydock/bin/drydock version --controller").getExitCode() == 0);
        assertThat(old.states("held")).isEqualTo(states(SUCCEEDED, RUNNING, RUNNING, RUNNING, RUN_STATE_UNSPECIFIED));
        assertThat(old.run("held", name(1))).isEqualTo(first);
        assertThat(ctl.trySh("/opt/drydock/bin/drydock rollout show newer").getExitCode())
                .as("of after the upgrade")
                .isEqualTo(1);

        type(web(1), "agent-to-folder");

        await("the old agent", () -> old.json(Host.getDefaultInstance(), "host show " + name(1))
                .getOnline());
        assertThat(web(1).sh(RUNNING_AGENT)).startsWith("/opt/drydock-agent/");
    }
}
