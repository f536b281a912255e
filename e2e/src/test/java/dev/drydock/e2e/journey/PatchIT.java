package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.Run;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real updates on real hosts: kept when they verify, and otherwise undone to the byte. */
@WithFleet(packed = true)
class PatchIT {
    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void appliesTheSecurityUpdatesThatDebianHasForTheHost() {
        LabHost host = fleet.enrolled("patched");
        var pending = host.pendingAtBirth();
        assertThat(compliance("patched").getPending() + compliance("patched").getLate())
                .isEqualTo(1);

        Run run = fleet.run("security-ok", Playbooks.security("security-ok"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        pending.forEach(
                (name, version) -> assertThat(host.version(name)).as(name).isEqualTo(version));
        assertThat(host.pendingNow()).isEmpty();
        assertThat(host.unitState("nginx")).isEqualTo("active");
        assertThat(run.getResult().getChangesList().stream()
                        .filter(change -> change.getKind().equals("package"))
                        .collect(Collectors.toMap(PatchIT::bareName, Change::getTo)))
                .as("the report names what dpkg has now")
                .containsAllEntriesOf(pending);
        org.awaitility.Awaitility.await("compliance")
                .until(() -> compliance("patched").getCompliant() == 1);
    }

    @Test
    void aFailingHealthCheckPutsTheExactOldPackagesBack() {
        LabHost host = fleet.enrolled("unhealthy");
        host.sh("mkdir -p /etc/lab-shop && dpkg-query -W -f '${Version}' libssl3 > /etc/lab-shop/only-with");
        String before = host.dpkgList();
        String started = host.sh("systemctl show nginx --property ActiveEnterTimestampMonotonic");

        Run run = fleet.run("security-bad", Playbooks.security("security-bad"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getReason()).contains("http.check").contains("503");
        assertThat(run.getResult().getRollbackEvidenceList()).isNotEmpty();
        assertThat(host.dpkgList()).isEqualTo(before);
        assertThat(host.sh("dpkg --audit")).isEmpty();
        assertThat(host.unitState("nginx")).isEqualTo("active");
        assertThat(host.sh("systemctl show nginx --property ActiveEnterTimestampMonotonic"))
                .as("nginx runs with the old libraries again, so it was started anew")
                .isNotEqualTo(started);
        assertThat(host.sh("curl -s http://localhost/")).contains("The shop is open");
    }

    @Test
    void aFailingPostinstIsUndone() {
        LabHost host = fleet.enrolled("postinst-fails");
        host.install("lab-postinst-fails=1.0");
        String before = host.dpkgList();

        Run run = fleet.run("postinst-fails", Playbooks.packages("postinst-fails", "lab-postinst-fails", "2m"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getReason()).contains("lab-postinst-fails");
        assertThat(host.dpkgList()).isEqualTo(before);
        assertThat(host.sh("dpkg --audit")).isEmpty();
        assertThat(fleet.cli().ok("run", "logs", run.getId())).contains("the database of 2.0 cannot be migrated");
    }

    @Test
    void aHangingPostinstIsEndedInTimeAndUndone() {
        LabHost host = fleet.enrolled("postinst-hangs");
        host.install("lab-postinst-hangs=1.0");
        String before = host.dpkgList();

        Run run = fleet.run("postinst-hangs", Playbooks.packages("postinst-hangs", "lab-postinst-hangs", "20s"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.dpkgList()).isEqualTo(before);
        assertThat(host.sh("dpkg --audit")).isEmpty();
        assertThat(host.processes("sleep infinity"))
                .as("nothing of the hanging script is left")
                .isEmpty();
    }

    @Test
    void aServiceThatNoLongerStartsIsUndone() {
        LabHost host = fleet.enrolled("service-dies");
        host.install("lab-service=1.0");
        assertThat(host.unitState("lab-service")).isEqualTo("active");
        String before = host.dpkgList();

        Run run = fleet.run("service-dies", Playbooks.packages("service-dies", "lab-service", "2m"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getReason()).contains("lab-service");
        assertThat(host.dpkgList()).isEqualTo(before);
        assertThat(host.unitState("lab-service")).isEqualTo("active");
    }

    /** Its old version's preinst refuses to follow the new one: the way back leaves that script out. */
    @Test
    void aPackageThatRefusesToBeDowngradedIsPutBackAllTheSame() {
        LabHost host = fleet.enrolled("no-downgrade");
        host.install("lab-no-downgrade=1.0");
        String before = host.dpkgList();

        Run run = fleet.run(
                "no-downgrade", Playbooks.packagesThatDisappoint("no-downgrade", "lab-no-downgrade", "1.0"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.dpkgList()).isEqualTo(before);
        assertThat(host.sh("cat /usr/share/lab-no-downgrade/version")).isEqualTo("1.0");
        assertThat(host.sh("dpkg --audit")).isEmpty();
        assertThat(fleet.cli().ok("run", "logs", run.getId()))
                .as("its own words, and what was done about it")
                .contains("the data of 2.0 cannot be read by 1.0")
                .contains("dpkg without any maintainer script");
    }

    @Test
    void anEditedConffileIsKeptWithoutAQuestion() {
        LabHost host = fleet.enrolled("conffile");
        host.install("lab-conffile=1.0");
        host.sh("echo 'colour = mine' >> /etc/lab-conffile.conf");
        String mine = host.sha256("/etc/lab-conffile.conf");

        Run run = fleet.run("conffile", Playbooks.packages("conffile", "lab-conffile", "2m"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(host.version("lab-conffile")).isEqualTo("2.0");
        assertThat(host.sha256("/etc/lab-conffile.conf")).isEqualTo(mine);

        Run back = fleet.run(
                "conffile-back", Playbooks.packagesThatDisappoint("conffile-back", "lab-conffile=1.0", "2.0"), host);
        assertThat(back.getState()).as(back.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.version("lab-conffile")).isEqualTo("2.0");
        assertThat(host.sha256("/etc/lab-conffile.conf")).isEqualTo(mine);
    }

    private static ComplianceReportResponse compliance(String host) {
        return fleet.cli()
                .json(
                        ComplianceReportResponse.getDefaultInstance(),
                        "report",
                        "compliance",
                        "--filter",
                        "host.name == \"" + host + "\"");
    }

    private static String bareName(Change change) {
        int colon = change.getName().indexOf(':');
        return colon < 0 ? change.getName() : change.getName().substring(0, colon);
    }
}
