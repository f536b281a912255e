package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agent, controller and network die in the middle of an apply and in the middle of a rollback: one run, one outcome, right. */
@WithFleet
class CrashIT {
    private static final String UPDATING = "lab-slow.postinst configure 1.0";
    private static final String GOING_BACK = "lab-slow.p[a-z]* (upgrade 1.0|configure 2.0)";

    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void killedAgentInTheMiddleOfAnApply() {
        LabHost host = hostWithSlowPackage("agent-apply");
        String before = host.dpkgList();
        fleet.push("agent-apply", Playbooks.packages("agent-apply", "lab-slow", "3m"));
        String rollout = fleet.start("agent-apply", host);
        awaitProcess(host, UPDATING);

        killAgent(host);

        Run run = fleet.ended(rollout);
        // Cut off in its postinst the update is either finished and proven, or undone and proven.
        assertThat(run.getState()).as(run.toString()).isIn(RunState.SUCCEEDED, RunState.ROLLED_BACK);
        if (run.getState() == RunState.SUCCEEDED) {
            assertThat(host.version("lab-slow")).isEqualTo("2.0");
        } else {
            assertThat(host.dpkgList()).isEqualTo(before);
        }
        nothingIsLeftBehind(host);
    }

    @Test
    void killedAgentInTheMiddleOfARollback() {
        LabHost host = hostWithSlowPackage("agent-rollback");
        String before = host.dpkgList();
        fleet.push("agent-rollback", Playbooks.packagesThatDisappoint("agent-rollback", "lab-slow", "1.0"));
        String rollout = fleet.start("agent-rollback", host);
        awaitProcess(host, GOING_BACK);

        killAgent(host);

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.dpkgList()).isEqualTo(before);
        nothingIsLeftBehind(host);
    }

    @Test
    void killedControllerInTheMiddleOfAnApply() {
        LabHost host = hostWithSlowPackage("controller-apply");
        fleet.push("controller-apply", Playbooks.packages("controller-apply", "lab-slow", "3m"));
        String rollout = fleet.start("controller-apply", host);
        awaitProcess(host, UPDATING);

        fleet.controller().kill();
        fleet.controller().start();

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(host.version("lab-slow")).isEqualTo("2.0");
        nothingIsLeftBehind(host);
    }

    @Test
    void killedControllerInTheMiddleOfARollback() {
        LabHost host = hostWithSlowPackage("controller-rollback");
        String before = host.dpkgList();
        fleet.push("controller-rollback", Playbooks.packagesThatDisappoint("controller-rollback", "lab-slow", "1.0"));
        String rollout = fleet.start("controller-rollback", host);
        awaitProcess(host, GOING_BACK);

        fleet.controller().kill();
        fleet.controller().start();

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.dpkgList()).isEqualTo(before);
        nothingIsLeftBehind(host);
    }

    @Test
    void aCutNetworkDoesNotDisturbTheRunAndItsResultArrivesLater() {
        LabHost host = hostWithSlowPackage("cut-off");
        fleet.push("cut-off", Playbooks.packages("cut-off", "lab-slow", "3m"));
        String rollout = fleet.start("cut-off", host);
        awaitProcess(host, UPDATING);

        host.cutNetwork();
        Awaitility.await("end of the update without a network")
                .atMost(Duration.ofMinutes(2))
                .until(() -> host.version("lab-slow").equals("2.0")
                        && host.processes("lab-slow").isEmpty());
        assertThat(fleet.cli().ok("rollout", "show", rollout))
                .as("the controller has not heard of it")
                .contains("running")
                .doesNotContain("patched");
        host.restoreNetwork();

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.getStepsCount()).isEqualTo(2);
    }

    private static LabHost hostWithSlowPackage(String name) {
        LabHost host = fleet.enrolled(name);
        host.install("lab-slow=1.0");
        return host;
    }

    private static void awaitProcess(LabHost host, String commandLine) {
        Awaitility.await(commandLine + " on " + host.name())
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(150))
                .until(() -> !host.processes(commandLine).isEmpty());
    }

    private static void killAgent(LabHost host) {
        host.sh("kill -9 $(systemctl show drydock-agent --property MainPID --value)");
    }

    private static void nothingIsLeftBehind(LabHost host) {
        assertThat(host.sh("dpkg --audit")).isEmpty();
        assertThat(host.processes("^(/usr/bin/)?(apt|dpkg)")).isEmpty();
        assertThat(host.heldPackageLocks()).isEmpty();
        assertThat(host.unitState("nginx")).isEqualTo("active");
    }
}
