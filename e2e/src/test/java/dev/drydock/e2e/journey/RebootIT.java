package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A run reboots its host, and goes on or back when it is up again. */
@WithFleet
class RebootIT {
    private static final String HEADER = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: %s}
            spec:
              hosts: host.os.family == "debian"
              steps:
                - name: Before
                  file.put: {path: /etc/lab-before, content: "before\\n"}
                - name: Reboot
                  os.reboot: {when: required}
                  timeout: 4m
            """;

    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void theNextStepFollowsWhenTheHostIsUpAgain() {
        LabHost host = waitingForReboot("rebooted");
        String boot = boot(host);
        fleet.push("reboot", HEADER.formatted("reboot") + """
                    - name: After
                      file.put: {path: /etc/lab-after, content: "after\\n"}
                  verify:
                    - service.active: [nginx]
                """);
        String rollout = fleet.start("reboot", host);

        awaitRebooting(rollout);
        Run run = fleet.ended(rollout);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(boot(host)).isNotEqualTo(boot);
        assertThat(host.sh("cat /etc/lab-before /etc/lab-after")).isEqualTo("before\nafter");
        assertThat(run.getStepsList())
                .extracting(StepTransition::getName, StepTransition::getState)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Before", StepState.STEP_VERIFIED),
                        org.assertj.core.groups.Tuple.tuple("Reboot", StepState.STEP_VERIFIED),
                        org.assertj.core.groups.Tuple.tuple("After", StepState.STEP_VERIFIED),
                        org.assertj.core.groups.Tuple.tuple("service.active", StepState.STEP_VERIFIED));
        assertThat(run.getResult().getChangesList())
                .filteredOn(change -> change.getKind().equals("reboot"))
                .singleElement()
                .satisfies(change -> assertThat(change.getTo()).isEqualTo("required by lab-kernel"));
    }

    @Test
    void whatFailsAfterTheRebootTakesEverythingBack() {
        LabHost host = waitingForReboot("reboot-back");
        String boot = boot(host);

        Run run = fleet.run("reboot-back", HEADER.formatted("reboot-back") + """
                    - name: After
                      file.put: {path: /etc/lab-after, content: "after\\n"}
                    - name: Disappoint
                      command.run: {argv: [/bin/false], undo: [/bin/true]}
                  verify:
                    - service.active: [nginx]
                """, host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(boot(host)).isNotEqualTo(boot);
        assertThat(host.sh("ls /etc | grep '^lab-before\\|^lab-after' || true")).isEmpty();
        assertThat(host.unitState("nginx")).isEqualTo("active");
        assertThat(run.getStepsList()).extracting(StepTransition::getState).containsOnly(StepState.STEP_ROLLED_BACK);
        assertThat(run.getResult().getRollbackEvidenceList())
                .contains("step 2 (Reboot): a reboot changes nothing on disk");
    }

    @Test
    void hostsOfARolloutRebootOneAfterTheOther() {
        List<LabHost> hosts = List.of(waitingForReboot("reboot-a"), waitingForReboot("reboot-b"));
        List<String> boots = hosts.stream().map(RebootIT::boot).toList();
        fleet.push("reboot-spread", HEADER.formatted("reboot-spread"));
        fleet.cli().ok("window", "create", "spread", "--now", "--duration", "1h");
        fleet.cli()
                .ok(
                        "rollout",
                        "create",
                        "spread",
                        "--playbook",
                        "reboot-spread",
                        "--window",
                        "spread",
                        "--hosts",
                        "host.name in ['reboot-a', 'reboot-b']",
                        "--wave",
                        "2",
                        "--reboots-at-once",
                        "1",
                        "--reboot-interval",
                        "0s");

        AtomicBoolean oneWaited = new AtomicBoolean();
        Awaitility.await("both are patched")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    List<Run> runs = runs("spread");
                    assertThat(runs.stream().filter(RebootIT::isDown).count()).isLessThanOrEqualTo(1);
                    oneWaited.compareAndSet(
                            false,
                            runs.stream().anyMatch(RebootIT::isDown)
                                    && runs.stream().anyMatch(run -> stands(run, StepState.STEP_AWAITING_REBOOT)));
                    return runs.stream()
                                    .filter(run -> run.getState() == RunState.SUCCEEDED)
                                    .count()
                            == 2;
                });

        assertThat(oneWaited).as("while one was down, the other waited").isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(boot(hosts.get(i))).isNotEqualTo(boots.get(i));
        }
    }

    private static boolean isDown(Run run) {
        return stands(run, StepState.STEP_REBOOTING)
                || run.getStepsList().stream()
                        .anyMatch(step -> step.getName().equals("Reboot")
                                && (step.getState() == StepState.APPLIED
                                        || step.getState() == StepState.STEP_VERIFYING));
    }

    private static boolean stands(Run run, StepState state) {
        return run.getStepsList().stream().anyMatch(step -> step.getState() == state);
    }

    private static List<Run> runs(String rollout) {
        return fleet
                .cli()
                .json(ListRunsResponse.getDefaultInstance(), "run", "list", "--rollout", rollout)
                .getRunsList()
                .stream()
                .map(run -> fleet.cli().json(Run.getDefaultInstance(), "run", "show", run.getId()))
                .toList();
    }

    private static LabHost waitingForReboot(String name) {
        LabHost host = fleet.enrolled(name);
        host.comesBack();
        host.sh("echo lab-kernel > /run/reboot-required.pkgs; touch /run/reboot-required");
        return host;
    }

    /** When its systemd began. */
    private static String boot(LabHost host) {
        return host.sh("cut -d ' ' -f 22 /proc/1/stat");
    }

    private static void awaitRebooting(String rollout) {
        Awaitility.await("the controller hears of the reboot")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(150))
                .until(() -> runs(rollout).stream().anyMatch(run -> stands(run, StepState.STEP_REBOOTING)));
    }
}
