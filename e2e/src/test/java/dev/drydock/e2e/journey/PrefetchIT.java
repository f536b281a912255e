package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a window needs is on its hosts before it opens, and nothing else of them is another by then. */
@WithFleet(daysBack = 1)
class PrefetchIT {
    private static final String FETCHED = "/var/lib/drydock-agent/fetched";

    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void aRunSucceedsWhoseArchiveIsGoneWhenItsWindowOpens() {
        LabHost host = withArchive("ahead", "lab-ok=1.0");
        String packages = host.dpkgList();
        host.sh("touch /root/before");
        fleet.push("ahead", Playbooks.packages("ahead", "lab-ok", "3m"));

        Instant opens = rollout("ahead", host);
        awaitFetched(host, "2.0", "lab-ok");
        assertThat(host.sh("find " + FETCHED + " -name '*.deb' -printf '%f\n' | sort")
                        .lines())
                .containsExactly("lab-ok_1.0_all.deb", "lab-ok_2.0_all.deb");
        Awaitility.await("the controller's word of it")
                .until(() -> fleet.cli().ok("rollout", "show", "ahead").contains("fetched ahead  on 1 of 1 host"));
        assertThat(runs("ahead")).as("before the opening").isZero();
        assertThat(host.dpkgList()).isEqualTo(packages);
        assertThat(host.sh("find /etc /usr /opt /boot /srv /var/lib/dpkg /var/cache/apt/archives -newer /root/before"
                        + " -not -type d"))
                .as("nothing else on the host has changed")
                .isEmpty();

        host.sh("rm /etc/nginx/conf.d/archive.conf && systemctl reload nginx");
        Awaitility.await("the archive is gone")
                .until(() -> host.trySh("curl -s http://localhost:8899/").getExitCode() != 0);
        fleet.clock().moveTo(opens.plusSeconds(5));
        Run run = fleet.ended("ahead");
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(host.version("lab-ok")).isEqualTo("2.0");
        assertThat(fleet.cli().ok("run", "logs", run.getId()))
                .contains("Going on with the lists as they were read before");
        Awaitility.await("what was fetched has served its purpose")
                .until(() -> host.sh("ls " + FETCHED).isEmpty());
    }

    @Test
    void aFetchedFileThatWasTamperedWithIsDownloadedAgain() {
        LabHost host = withArchive("tampered", "lab-conffile=1.0");
        fleet.push("tampered", Playbooks.packages("tampered", "lab-conffile", "3m"));
        Instant opens = rollout("tampered", host);
        awaitFetched(host, "2.0", "lab-conffile");

        host.sh("cd %s/*/0/new && printf XX | dd of=lab-conffile_2.0_all.deb bs=1 seek=100 conv=notrunc status=none"
                        .formatted(FETCHED)
                + " && sha256sum lab-conffile_2.0_all.deb >sums");
        fleet.clock().moveTo(opens.plusSeconds(5));
        Run run = fleet.ended("tampered");
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(host.version("lab-conffile")).isEqualTo("2.0");
        assertThat(host.sh("dpkg --verify lab-conffile")).isEmpty();
    }

    /** A host whose archives are at an address that can be gone, as those of others are. */
    private static LabHost withArchive(String name, String installed) {
        LabHost host = fleet.enrolled(name);
        host.install(installed);
        host.put("/etc/nginx/conf.d/archive.conf", "server { listen 8899; root /srv; }\n", 0644);
        host.sh("systemctl reload nginx && sed -i 's#file:/srv#http://localhost:8899#' /etc/apt/sources.list");
        return host;
    }

    /** @return when its window opens: in a while, so that hosts are asked at once */
    private static Instant rollout(String name, LabHost host) {
        Instant opens = fleet.clock().now().plus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.MINUTES);
        fleet.cli()
                .ok(
                        "window",
                        "create",
                        name,
                        "--start",
                        LocalDateTime.ofInstant(opens, ZoneOffset.UTC).toString(),
                        "--zone",
                        "UTC",
                        "--duration",
                        "2h");
        fleet.cli()
                .ok(
                        "rollout",
                        "create",
                        name,
                        "--playbook",
                        name,
                        "--hosts",
                        "host.name == \"" + host.name() + "\"",
                        "--window",
                        name);
        return opens;
    }

    /** Both sets are whole: each list is written last. */
    private static void awaitFetched(LabHost host, String version, String name) {
        Awaitility.await("packages of " + name)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(700))
                .until(() -> host.sh(
                                "cat %s/*/0/new/sums %s/*/0/old/sums 2>/dev/null || true".formatted(FETCHED, FETCHED))
                        .contains(name + "_1.0_all.deb"));
        assertThat(host.sh("cat " + FETCHED + "/*/0/new/sums")).contains(name + "_" + version + "_all.deb");
    }

    private static int runs(String rollout) {
        return fleet.cli()
                .json(ListRunsResponse.getDefaultInstance(), "run", "list", "--rollout", rollout)
                .getRunsCount();
    }
}
