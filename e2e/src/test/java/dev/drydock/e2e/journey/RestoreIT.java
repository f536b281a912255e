package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The controller's disk is lost and a backup put back: what hosts did since then is known again, and nothing is done twice. */
@ExtendWith(LabExtension.class)
class RestoreIT {
    @TempDir
    private Path directory;

    @Test
    void whatAgentsStillHoldIsToldAgain(Lab lab) {
        try (Fleet fleet = Fleet.start(lab, directory)) {
            LabHost host = fleet.enrolled("remembers");
            host.install("lab-ok=1.0", "lab-slow=1.0");
            fleet.push("quick", Playbooks.packages("quick", "lab-ok", "1m"));
            fleet.push("slow", Playbooks.packages("slow", "lab-slow", "3m"));
            String slow = fleet.start("slow", host);
            Awaitility.await("the update under way")
                    .atMost(Duration.ofMinutes(2))
                    .until(() ->
                            !host.processes("lab-slow.postinst configure 1.0").isEmpty());

            fleet.controller().backup(directory.resolve("backup"));
            Run slowRun = fleet.ended(slow);
            Run quickRun = fleet.ended(fleet.start("quick", host));
            String changed = host.sh("stat -c %Z /usr/share/lab-slow/version /usr/share/lab-ok/version");
            String said = fleet.cli().ok("run", "logs", quickRun.getId());
            fleet.controller().loseAllBut(directory.resolve("backup"));

            assertThat(told(fleet, slowRun)).as("open in the backup").isEqualTo(slowRun);
            assertThat(fleet.cli().ok("rollout", "show", slow))
                    .as("and its rollout goes on")
                    .contains("the one host succeeded");
            Run adopted = told(fleet, quickRun);
            assertThat(adopted.getState()).as("unknown to the backup").isEqualTo(RunState.SUCCEEDED);
            assertThat(adopted.getStepsList()).isEqualTo(quickRun.getStepsList());
            Awaitility.await("its output, again")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> fleet.cli().ok("run", "logs", quickRun.getId()).equals(said));
            assertThat(host.sh("stat -c %Z /usr/share/lab-slow/version /usr/share/lab-ok/version"))
                    .as("nothing was done again")
                    .isEqualTo(changed);
        }
    }

    /** The run as the controller has it when it has heard of its end. */
    private static Run told(Fleet fleet, Run run) {
        Awaitility.await("the end of " + run.getId() + ", told again")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> runs(fleet).stream()
                        .anyMatch(known -> known.getId().equals(run.getId()) && known.getState() == run.getState()));
        return fleet.cli().json(Run.getDefaultInstance(), "run", "show", run.getId());
    }

    private static List<Run> runs(Fleet fleet) {
        return fleet.cli()
                .json(ListRunsResponse.getDefaultInstance(), "run", "list")
                .getRunsList();
    }
}
