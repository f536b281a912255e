package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A host's certificate ends, or is revoked, in the middle of a run: the run does not mind, and what it came to is not lost. */
@WithFleet(controller = {"--certificate-lifetime", "1m"})
class CertificateIT {
    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void renewedInALongRun() {
        LabHost host = fleet.enrolled("renewed");
        Instant first = expiry(host);
        String rollout = runUntilTold(host);

        Awaitility.await("two more certificates")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> expiry(host).isAfter(first.plusSeconds(60)));
        host.sh("touch /run/go");

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void endedWhileTheHostWasAway() {
        LabHost host = fleet.enrolled("away");
        String rollout = runUntilTold(host);
        host.cutNetwork();
        Awaitility.await("end of the certificate")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> expiry(host).isBefore(Instant.now()));
        host.sh("touch /run/go");
        Awaitility.await("end of the run on the host")
                .atMost(Duration.ofMinutes(1))
                .until(() -> host.sh("cat /etc/lab-long").equals("done"));
        host.restoreNetwork();
        assertThat(status(host)).containsPattern("certificate expired +yes").containsPattern("undelivered +1");
        assertThat(fleet.cli().ok("rollout", "show", rollout)).contains("running");

        host.sh("systemctl stop drydock-agent");
        host.put("/root/token", fleet.token(), 0600);
        host.sh("drydock-agent enroll --again --token-file /root/token --controller "
                + fleet.controller().agentAddress());
        host.sh("systemctl start drydock-agent");

        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.getStepsList()).hasSize(2);
        assertThat(fleet.cli().ok("host", "list", "--quiet").lines())
                .filteredOn("away"::equals)
                .hasSize(1);
    }

    @Test
    void revokedInARun() {
        LabHost host = fleet.enrolled("revoked");
        String rollout = runUntilTold(host);
        fleet.cli().ok("host", "revoke", "revoked", "--yes");
        Awaitility.await("the host is cut off")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> status(host).contains("is revoked"));
        host.sh("touch /run/go");

        Awaitility.await("the run ends by itself")
                .atMost(Duration.ofMinutes(1))
                .until(() -> host.sh("cat /etc/lab-long").equals("done"));
        assertThat(fleet.cli().ok("rollout", "show", rollout)).doesNotContain("patched 1");
    }

    /** A run whose first step is over, and whose second goes on until there is a file. */
    private static String runUntilTold(LabHost host) {
        String name = "long-" + host.name();
        fleet.push(name, Playbooks.longRun(name));
        String rollout = fleet.start(name, host);
        Awaitility.await("the middle of the run")
                .atMost(Duration.ofMinutes(1))
                .until(() -> !host.processes("until test -e /run/go").isEmpty());
        return rollout;
    }

    /** It exits with an error where the agent is not connected, and says so. */
    private static String status(LabHost host) {
        return host.trySh("drydock-agent status").getStdout();
    }

    private static Instant expiry(LabHost host) {
        Host shown = fleet.cli().json(Host.getDefaultInstance(), "host", "show", host.name());
        return Instant.ofEpochSecond(shown.getCertificateExpiresAt().getSeconds());
    }
}
