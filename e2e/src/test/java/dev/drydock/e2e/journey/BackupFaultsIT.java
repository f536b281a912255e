package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.databases.SampleDatabases;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Backups that are damaged while they are made, find the disk full, or whose agent is killed: found at once, and nothing is left. */
@WithFleet
class BackupFaultsIT {
    private static final String KILLED = "backup.create: {name: killed, files: [/srv/site], databases: [shop],"
            + " engine: mariadb, to: /srv/backups, restoreTest: true}";

    private static Fleet fleet;
    private static LabHost host;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolledWeb("backup-faults");
        SampleSite.make(host);
        SampleDatabases.makeShop(host);
        SampleDatabases.makeLedger(host);
        // Nothing that is younger than a moment counts as at rest.
        host.sh("sync");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        host.sh("rm -f /usr/local/bin/tar /usr/local/bin/mariadb /usr/local/bin/mariadb-dump");
        Backups.requireNothingLeft(host);
    }

    @Test
    void aFileThatWasDamagedOnItsWayIntoTheArchiveIsFoundBeforeAnythingChanges() {
        wrapper("tar", """
                case "$*" in
                  *--create*) /usr/bin/tar "$@" | LC_ALL=C sed 's/<?php/<?pHp/' ;;
                  *) exec /usr/bin/tar "$@" ;;
                esac
                """);

        Run run = run(
                "damaged",
                "backup.create: {name: damaged, files: [/srv/site/index.php], to: /srv/backups, restoreTest: true}",
                "file.put: {path: /srv/changed, content: changed}");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString())
                .contains("what was restored is not what was backed up", "/srv/site/index.php has other content");
        assertThat(host.trySh("test -e /srv/changed").getExitCode())
                .as("nothing was changed")
                .isNotZero();
        assertThat(host.sh("ls -d /srv/backups/damaged-* 2>/dev/null || true")).isEmpty();
    }

    @Test
    void anArchiveThatLostAccessControlListsAndAttributesIsFoundBeforeAnythingChanges() {
        wrapper("tar", """
                case "$*" in
                  *--create*)
                    for option do
                      shift
                      case "$option" in --acls | --xattrs*) ;; *) set -- "$@" "$option" ;; esac
                    done ;;
                esac
                exec /usr/bin/tar "$@"
                """);
        host.sh("mkdir /srv/listed && cd /srv/listed && echo x > file && setfacl -m u:www-data:rw file"
                + " && setfacl -d -m u:nobody:r . && setfattr -n user.note -v kept . && touch -d '1 hour ago' file");

        Run run = run(
                "without-acls",
                "backup.create: {name: listed, files: [/srv/listed], to: /srv/backups, restoreTest: true}",
                "file.put: {path: /srv/changed, content: changed}");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString())
                .contains("/srv/listed/file has lost its access control list")
                .contains("/srv/listed has lost its default access control list");
        host.sh("test ! -e /srv/changed && rm /usr/local/bin/tar");
        Run sound = run(
                "with-acls",
                "backup.create: {name: listed, files: [/srv/listed], to: /srv/backups, restoreTest: true}");
        assertThat(sound.getState()).as(sound.toString()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aDumpThatLacksRowsIsFoundBeforeAnythingChanges() {
        wrapper("mariadb-dump", "/usr/bin/mariadb-dump \"$@\" | sed \"/^(2,'nothing'/d\"\n");

        Run run = run(
                "truncated",
                "backup.create: {name: truncated, databases: [shop], engine: mariadb, to: /srv/backups, restoreTest: true}",
                "file.put: {path: /srv/changed, content: changed}");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString())
                .contains("what was restored of database shop is not what was backed up", "table posts has");
        assertThat(host.trySh("test -e /srv/changed").getExitCode())
                .as("nothing was changed")
                .isNotZero();
    }

    @Test
    void aFullDiskIsSaidBeforehandAndWhereItFillsMeanwhileNothingIsLeft() {
        host.sh("mkdir -p /srv/small && mount -t tmpfs -o size=8m tmpfs /srv/small");
        Run refused =
                run("too-small", "backup.create: {name: small, files: [/srv/site], to: /srv/small, restoreTest: true}");
        assertThat(refused.getState()).isNotEqualTo(RunState.SUCCEEDED);
        assertThat(refused.toString()).contains("MiB free", "are needed for the backup and the test of its restore");

        host.sh("mount -o remount,size=24m /srv/small");
        wrapper(
                "tar",
                "case \"$*\" in *--create*) head -c 24000000 /dev/zero > /srv/small/filler ;; esac\nexec /usr/bin/tar \"$@\"\n");
        Run full = run("fills", "backup.create: {name: small, files: [/srv/site/wp-content], to: /srv/small}");

        assertThat(full.getState()).as(full.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(full.toString()).containsIgnoringCase("no space left");
        assertThat(host.sh("ls -A /srv/small")).isEqualTo("filler");
    }

    @Test
    void killedAgentWhileItBacksUp() {
        wrapper("mariadb-dump", "/usr/bin/mariadb-dump \"$@\"; touch /root/dumping; sleep 3\n");
        String rollout = startUntil("dumping");
        assertThat(host.sh(Backups.UNFINISHED)).startsWith(".drydock-unfinished-killed");

        killAgent();

        assertNothingCameOf(rollout);
    }

    @Test
    void killedAgentWhileItTriesTheRestoreOfFilesAndOfADatabase() {
        wrapper("tar", """
                case "$*" in
                  *--extract*) /usr/bin/tar "$@" && touch /root/extracting && sleep 3 ;;
                  *) exec /usr/bin/tar "$@" ;;
                esac
                """);
        String files = startUntil("extracting");
        assertThat(host.sh("cat /srv/backups/.drydock-scratch-*/srv/site/index.php"))
                .contains("site");
        killAgent();
        assertNothingCameOf(files);
        nothingIsLeftBehind();

        wrapper("mariadb", """
                case "$*" in
                  *--init-command*--database=drydock_scratch*) /usr/bin/mariadb "$@" && touch /root/filling && sleep 3 ;;
                  *) exec /usr/bin/mariadb "$@" ;;
                esac
                """);
        String database = startUntil("filling");
        assertThat(host.sh("mariadb -NBe 'show databases'")).contains("drydock_scratch");
        killAgent();
        assertNothingCameOf(database);
        nothingIsLeftBehind();

        Run following = run("following", KILLED);
        assertThat(following.getState()).as(following.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(following.toString()).contains("restore proven");
        host.sh("rm -r /srv/backups/killed-*");
    }

    /** Starts the backup, and waits for what a wrapper says. */
    private static String startUntil(String marker) {
        String name = "killed-" + marker;
        fleet.push(name, Backups.playbook(name, KILLED));
        String rollout = fleet.start(name, host);
        Awaitility.await(marker)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> host.trySh("test -e /root/" + marker).getExitCode() == 0);
        return rollout;
    }

    private static void killAgent() {
        host.sh("kill -9 $(systemctl show drydock-agent --property MainPID --value)");
    }

    private static void assertNothingCameOf(String rollout) {
        Run run = fleet.ended(rollout);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString()).contains("nothing of the unfinished backup");
        assertThat(host.sh("ls -d /srv/backups/killed-* 2>/dev/null || true")).isEmpty();
    }

    private static void wrapper(String program, String script) {
        host.put("/usr/local/bin/" + program, "#!/bin/sh\n" + script, 0755);
    }

    private static Run run(String name, String... steps) {
        return fleet.run(name, Backups.playbook(name, steps), host);
    }
}
