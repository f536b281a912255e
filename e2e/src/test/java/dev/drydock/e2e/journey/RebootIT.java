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
                .until(() -> fleet
                        .cli()
                        .json(ListRunsResponse.getDefaultInstance(), "run", "list", "--rollout", rollout)
                        .getRunsList()
                        .stream()
                        .map(run -> fleet.cli().json(Run.getDefaultInstance(), "run", "show", run.getId()))
                        .flatMap(run -> run.getStepsList().stream())
                        .anyMatch(step -> step.getState() == StepState.STEP_REBOOTING));
    }
}
