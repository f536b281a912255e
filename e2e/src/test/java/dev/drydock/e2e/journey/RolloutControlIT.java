package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Cli;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutState;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do around a rollout: plan and apply it, approve its waves, try again what failed. */
@WithFleet
class RolloutControlIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static Fleet fleet;
    private static Cli cli;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        cli = fleet.cli();
    }

    private void awaitState(String rollout, RolloutState state) {
        Awaitility.await(rollout + " is " + state)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> cli.json(Rollout.getDefaultInstance(), "rollout", "show", rollout)
                                .getState(),
                        state::equals);
    }

    @Test
    void aPlanIsAppliedOnlyWhileTheHostsWouldStillChangeWhatItShows() {
        LabHost first = fleet.enrolled("plan-1");
        LabHost second = fleet.enrolled("plan-2");
        first.install("lab-ok=1.0");
        second.install("lab-ok=1.0");
        fleet.push("planned", Playbooks.packages("planned", "lab-ok", "2m"));
        cli.ok("window", "create", "planned", "--now", "--duration", "2h");
        String[] plan = {
            "rollout",
            "plan",
            "planned",
            "--playbook",
            "planned",
            "--hosts",
            "host.name.startsWith(\"plan-\")",
            "--window",
            "planned"
        };

        RolloutPreview preview = cli.json(RolloutPreview.getDefaultInstance(), plan);
        assertThat(preview.getHostsList()).hasSize(2).allSatisfy(host -> {
            assertThat(host.getProblem()).isEmpty();
            assertThat(host.getSteps(0).getChanges(0).getName()).contains("lab-ok");
            assertThat(host.getSteps(0).getChanges(0).getTo()).isEqualTo("2.0");
        });
        assertThat(first.version("lab-ok")).as("planning changes nothing").isEqualTo("1.0");

        second.install("lab-ok=2.0");
        assertThat(cli.complains(3, "rollout", "apply", "planned"))
                .contains("The world has moved since plan planned was made")
                .contains("host plan-2: nothing to change");
        assertThat(cli.ok(plan)).contains("lab-ok").contains("nothing on 1");

        cli.ok("rollout", "apply", "planned");
        cli.follow(LONG, "rollout", "watch", "planned");
        awaitState("planned", RolloutState.COMPLETED);
        assertThat(first.version("lab-ok")).isEqualTo("2.0");
    }

    @Test
    void anotherPersonApprovesTheSecondWaveAndWhatFailedIsTriedAgain() throws IOException {
        LabHost canary = fleet.enrolled("wave-1");
        LabHost rest = fleet.enrolled("wave-2");
        Users.make(fleet, "olga", "operator");
        Users.make(fleet, "anna", "approver");
        Users.make(fleet, "vera", "viewer");
        String playbook = Playbooks.header("waved") + """
                  steps:
                    - name: A file
                      file.put: {path: /etc/lab-waved, content: "new"}
                    - name: A step that fails on an ill host
                      command.run: {argv: [/usr/bin/test, "!", -e, /run/lab-ill], undo: [/bin/true]}
                """;
        fleet.push("waved", playbook);
        cli.ok("window", "create", "waved", "--now", "--duration", "2h");
        canary.sh("touch /run/lab-ill");
        String[] create = {
            "rollout",
            "create",
            "waved",
            "--playbook",
            "waved",
            "--hosts",
            "host.name.startsWith(\"wave-\")",
            "--window",
            "waved",
            "--wave",
            "1",
            "--approve-before",
            "2",
            "--context",
            "olga"
        };
        assertThat(cli.complains(3, withContext(create, "vera"))).contains("needs the role operator");
        cli.ok(create);
        awaitState("waved", RolloutState.STOPPED);
        assertThat(canary.sh("ls /etc/lab-waved 2>/dev/null || true")).isEmpty();

        canary.sh("rm /run/lab-ill");
        cli.ok("rollout", "retry", "waved", "--context", "olga");
        awaitState("waved", RolloutState.AWAITING_APPROVAL);
        assertThat(canary.sh("cat /etc/lab-waved")).isEqualTo("new");
        assertThat(cli.complains(3, "rollout", "approve", "waved", "--context", "olga"))
                .contains("needs the role approver; user olga is operator");
        assertThat(rest.sh("ls /etc/lab-waved 2>/dev/null || true")).isEmpty();

        fleet.controller().kill();
        fleet.controller().start();
        awaitState("waved", RolloutState.AWAITING_APPROVAL);
        cli.ok("rollout", "approve", "waved", "--comment", "the canary is well", "--context", "anna");
        awaitState("waved", RolloutState.COMPLETED);
        assertThat(rest.sh("cat /etc/lab-waved")).isEqualTo("new");
        assertThat(cli.ok("rollout", "show", "waved"))
                .contains("wave 2 by anna")
                .contains("the canary is well");
    }

    private static String[] withContext(String[] command, String user) {
        String[] other = command.clone();
        other[other.length - 1] = user;
        return other;
    }

    @Test
    void anEmergencyWaitsForASecondPersonAndForNoWindow() throws IOException {
        LabHost host = fleet.enrolled("urgent");
        Users.make(fleet, "boss", "admin");
        fleet.push("urgent", Playbooks.header("urgent") + """
                  steps:
                    - name: A file
                      file.put: {path: /etc/lab-urgent, content: "new"}
                """);
        cli.ok(
                "rollout",
                "create",
                "urgent",
                "--playbook",
                "urgent",
                "--hosts",
                "host.name == \"urgent\"",
                "--emergency",
                "it is exploited");
        assertThat(cli.complains(3, "rollout", "approve", "urgent"))
                .contains("was made by admin, who cannot approve it: that is for a second person");
        assertThat(host.sh("ls /etc/lab-urgent 2>/dev/null || true")).isEmpty();
        cli.ok("rollout", "approve", "urgent", "--context", "boss");
        awaitState("urgent", RolloutState.COMPLETED);
        assertThat(host.sh("cat /etc/lab-urgent")).isEqualTo("new");
        assertThat(cli.ok("rollout", "show", "urgent")).contains("EMERGENCY").contains("it is exploited");
    }
}
