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

/** Backups of a real site and real databases, proven to restore, and what becomes of them later. */
@WithFleet
class BackupIT {
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
        Backups.requireNothingLeft(host);
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

    private static Run run(String name, String... steps) {
        return fleet.run(name, Backups.playbook(name, steps), host);
    }
}
