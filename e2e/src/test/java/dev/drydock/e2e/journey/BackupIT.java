package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.databases.SampleDatabases;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Backups of a real site and real databases, proven to restore; and what becomes of those that are not. */
@WithFleet
class BackupIT {
    private static final String UNFINISHED = "ls -A /srv/backups 2>/dev/null | grep '^\\.' || true";

    private static final String KILLED = "backup.create: {name: killed, files: [/srv/site], databases: [shop],"
            + " engine: mariadb, to: /srv/backups, restoreTest: true}";

    private static Fleet fleet;
    private static LabHost host;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolledWeb("backup");
        SampleSite.make(host);
        SampleDatabases.makeShop(host);
        SampleDatabases.makeLedger(host);
        // Nothing that is younger than a moment counts as at rest.
        host.sh("sync");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        host.sh("rm -f /usr/local/bin/tar /usr/local/bin/mariadb /usr/local/bin/mariadb-dump");
        assertThat(host.sh(UNFINISHED)).isEmpty();
        assertThat(host.sh("mariadb -NBe 'show databases'")).doesNotContain("drydock");
        assertThat(host.sh("runuser -u postgres -- psql -Atc 'select datname from pg_database'"))
                .doesNotContain("drydock");
    }

    @Test
    void aSiteAndItsDatabaseAreBackedUpAndProvenToRestore() {
        String before = SampleSite.looksLike(host, SampleSite.ROOT);
        host.sh("echo left-out > /srv/site/cache/junk.log");

        Run run = run(
                "whole",
                "backup.create: {name: site, files: [/srv/site], exclude: ['*.log'], databases: [shop],"
                        + " engine: mariadb, to: /srv/backups, restoreTest: true}");

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.toString()).contains("restore proven", "rows restored and compared");
        String backup = host.sh("ls -d /srv/backups/site-*");
        assertThat(host.sh("cd " + backup + " && ls"))
                .isEqualTo(
                        "database-shop.dump.zst\ndatabase-shop.state.zst\nfiles.list.zst\nfiles.tar.zst\nmanifest.json");
        host.sh("mkdir /root/by-hand && zstd -dc " + backup
                + "/files.tar.zst | tar -x --xattrs --xattrs-include='*' --acls --numeric-owner -p -C /root/by-hand");
        assertThat(SampleSite.looksLike(host, "/root/by-hand/srv/site"))
                .as("as a person restores it, by hand")
                .isEqualTo(before);
        assertThat(host.sh("test -e /root/by-hand/srv/site/cache/junk.log && echo there || echo left out"))
                .isEqualTo("left out");
        assertThat(host.sh("du -m /root/by-hand/srv/site/sparse.img | cut -f1")).isEqualTo("1");
        assertThat(host.sh("stat -c %a " + backup)).isEqualTo("700");

        Awaitility.await("the facts").atMost(Duration.ofMinutes(2)).until(() -> backups()
                .contains("restored_at"));
        assertThat(fleet.cli().ok("host", "facts", host.name())).contains("site", "/srv/backups/site-");

        Run drill = run("drill", "backup.verify: {name: site, from: /srv/backups, maxAge: 1h}");
        assertThat(drill.getState()).as(drill.toString()).isEqualTo(RunState.SUCCEEDED);
    }

    private static String backups() {
        return fleet.cli()
                .json(Host.getDefaultInstance(), "host", "show", host.name())
                .getFacts()
                .getBackupsList()
                .toString();
    }

    @Test
    void postgresqlEncryptedByPassphraseAndByKey() {
        host.sh(
                "echo 'correct horse' > /root/pass; chmod 600 /root/pass; rm -f /root/key; age-keygen -o /root/key 2>/dev/null;"
                        + " chmod 600 /root/key; age-keygen -y /root/key > /root/recipients");

        Run byPassphrase = run(
                "by-passphrase",
                "backup.create: {name: pass, databases: [ledger], engine: postgresql,"
                        + " to: /srv/backups, restoreTest: true, encrypt: {passphraseFile: /root/pass}}");
        Run byKey = run(
                "by-key",
                "backup.create: {name: key, databases: [ledger], engine: postgresql, to: /srv/backups,"
                        + " restoreTest: true, encrypt: {recipientsFile: /root/recipients, identityFile: /root/key}}");
        Run wrongKey = run(
                "wrong-key", "backup.verify: {name: pass, from: /srv/backups, encrypt: {passphraseFile: /root/key}}");

        assertThat(byPassphrase.getState()).as(byPassphrase.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(byKey.getState()).as(byKey.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(host.sh("ls /srv/backups/pass-*")).contains("database-ledger.dump.zst.gpg");
        assertThat(host.sh("ls /srv/backups/key-*")).contains("database-ledger.dump.zst.age");
        assertThat(wrongKey.getState()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(backups()).doesNotContain("correct horse");
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
    void aBackupThatWasDamagedLaterIsFoundByTheDrill() {
        Run made = run("sound", "backup.create: {name: later, files: [/srv/site/wp-content], to: /srv/backups}");
        assertThat(made.getState()).as(made.toString()).isEqualTo(RunState.SUCCEEDED);
        host.sh("printf x | dd of=$(ls /srv/backups/later-*/files.tar.zst) bs=1 seek=5000 conv=notrunc");

        Run drill = run("later-drill", "backup.verify: {name: later, from: /srv/backups}");

        assertThat(drill.getState()).as(drill.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(drill.toString()).contains("files.tar.zst of the backup is damaged");
        Awaitility.await("the facts").atMost(Duration.ofMinutes(2)).until(() -> backups()
                .contains("is damaged"));
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
        assertThat(host.sh(UNFINISHED)).startsWith(".drydock-unfinished-killed");

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
        fleet.push(name, playbook(name, KILLED));
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

    @Test
    void oldBackupsGoAndOthersStayAndAWholeOneSurvivesTheRollback() {
        host.sh("mkdir -p /srv/kept/mine && echo x > /srv/kept/mine/file");
        String create = "backup.create: {name: kept, files: [/srv/site/index.php], to: /srv/kept, keep: 2}";
        for (int i = 0; i < 3; i++) {
            Run run = run("kept-" + i, create);
            assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(host.sh("ls /srv/kept | grep -c '^kept-'")).isEqualTo("2");

        Run failed = run("kept-last", create, "command.run: {argv: [/bin/false], undo: [/bin/true]}");

        assertThat(failed.getState()).as(failed.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(failed.toString()).contains("the backup stays, whole");
        assertThat(host.sh("ls /srv/kept | grep -c '^kept-'")).isEqualTo("2");
        assertThat(host.sh("ls /srv/kept/mine")).isEqualTo("file");

        host.sh(
                "cd /srv/kept/$(ls /srv/kept | grep '^kept-' | head -1) && rm files.list.zst && mkdir -p files.list.zst/x");
        Run stuck = run("kept-stuck", create);
        assertThat(stuck.getState()).as(stuck.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(stuck.toString()).contains("old backups could not all be removed", "files.list.zst");
        Awaitility.await("the facts").atMost(Duration.ofMinutes(2)).until(() -> backups()
                .contains("retention_error"));
        assertThat(fleet.cli().ok("host", "facts", host.name())).contains("OLD ONES STAY");
    }

    @Test
    void aDatabaseIsAskedForOneValue() {
        Run right = run(
                "asked",
                "command.run: {argv: [/bin/true], undo: [/bin/true]}\n      verify:\n"
                        + "        - sql.check: {engine: mariadb, database: shop, query: 'SELECT COUNT(*) FROM posts', atLeast: 3000}\n"
                        + "        - sql.check: {engine: postgresql, database: ledger, query: 'SELECT count(*) FROM entries', equals: 3000}");
        assertThat(right.getState()).as(right.toString()).isEqualTo(RunState.SUCCEEDED);
    }

    private static void wrapper(String program, String script) {
        host.put("/usr/local/bin/" + program, "#!/bin/sh\n" + script, 0755);
    }

    private static Run run(String name, String... steps) {
        return fleet.run(name, playbook(name, steps), host);
    }

    private static String playbook(String name, String... steps) {
        StringBuilder text = new StringBuilder("""
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: %s, description: A journey of the lab, maintenance: preventive}
                spec:
                  steps:
                """.formatted(name));
        for (int i = 0; i < steps.length; i++) {
            text.append("    - name: Step ").append(i + 1).append("\n      ");
            text.append(steps[i]).append('\n');
        }
        return text.append("  verify:\n    - service.active: [nginx]\n").toString();
    }
}
