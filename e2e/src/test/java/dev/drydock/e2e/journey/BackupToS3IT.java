package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.databases.SampleDatabases;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.S3Server;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Backups in a bucket of a real S3 server, the largest in parts. */
@WithFleet
class BackupToS3IT {
    private static Fleet fleet;
    private static LabHost host;
    private static S3Server server;
    private static String bucket;
    private static String reached;

    @BeforeAll
    static void start(Fleet started, Lab lab) throws IOException {
        fleet = started;
        server = S3Server.start(Files.createDirectory(fleet.directory().resolve("s3")));
        server.bucket("backups");
        host = fleet.enrolledWeb("to-s3");
        SampleDatabases.makeShop(host);
        // Random, so that it stays as large as it is: many parts.
        host.sh("mkdir /srv/site && seq 1 100000 > /srv/site/big && head -c 42000000 /dev/urandom > /srv/site/large");
        host.put("/root/aws", credentials(S3Server.SECRET), 0600);
        host.put("/root/wrong", credentials("other"), 0600);
        bucket = "s3://backups/" + host.name();
        reached = "s3: {endpoint: 'http://" + lab.gateway() + ":" + server.port()
                + "', partSize: 5MiB, credentialsFile: /root/";
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void backupsAreWholeInTheBucketAndRestoreFromIt() throws IOException {
        for (String name : new String[] {"first", "second"}) {
            Run made = run(name, create("remote", "keep: 1, restoreTest: true"));
            assertThat(made.getState()).as(made.toString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(made.toString()).contains("restore proven").doesNotContain(S3Server.SECRET);
        }
        assertThat(objects("remote")).as("the first is gone again").hasSize(5);
        assertThat(objects("remote").getLast()).endsWith("/manifest.json");

        drill("remote");

        Run refused =
                run("refused", create("remote", "keep: 1, restoreTest: true").replace("/root/aws", "/root/wrong"));
        assertThat(refused.getState()).isNotEqualTo(RunState.SUCCEEDED);
        assertThat(refused.toString()).contains("SignatureDoesNotMatch");
        assertThat(objects("remote")).hasSize(5);
        assertThat(pending()).isEmpty();
    }

    @Test
    void killedAgentInTheMiddleOfAnUpload() throws IOException {
        String rollout = startUntilPartsArrive("killed", "5m");
        server.pause();
        host.sh("kill -9 $(systemctl show drydock-agent --property MainPID --value)");
        server.goOn();

        Run run = fleet.ended(rollout);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString()).contains("nothing of the unfinished backup");
        assertThat(pending()).as("the upload is aborted").isEmpty();
        assertThat(objects("killed")).isEmpty();
        Run following = run("after-kill", create("killed", "restoreTest: true"));
        assertThat(following.getState()).as(following.toString()).isEqualTo(RunState.SUCCEEDED);
        drill("killed");
    }

    @Test
    void aBucketThatComesBackInTimeIsCleared() throws IOException {
        String rollout = startUntilPartsArrive("back", "5m");
        server.kill();
        Awaitility.await("a way back that found no bucket")
                .atMost(Duration.ofMinutes(3))
                .until(() -> host.sh("grep -rs 'tried again' /var/lib/drydock-agent/runs || true")
                        .contains("s3://"));
        server.startAgain();

        Run run = fleet.ended(rollout);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(pending()).isEmpty();
        assertThat(objects("back")).isEmpty();
    }

    @Test
    void whatCouldNotBeRemovedIsRemovedByTheNextBackup() throws IOException {
        String rollout = startUntilPartsArrive("lost", "20s");
        server.kill();

        Run run = fleet.ended(rollout);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.toString()).contains("left on this host", "could not be removed");
        assertThat(host.sh("ls -d /var/tmp/.drydock-scratch-* 2>/dev/null | wc -l")
                        .strip())
                .isEqualTo("0");
        assertThat(pending()).as("an upload that nobody aborted").isNotEmpty();
        server.startAgain();
        Run following = run("after-loss", create("lost", "restoreTest: true"));
        assertThat(following.getState()).as(following.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(pending()).as("nor is it there any more").isEmpty();
        assertThat(objects("lost")).hasSize(5);
    }

    /** @param back how long the way back may take */
    private static String startUntilPartsArrive(String name, String back) {
        String step = create(name, "restoreTest: false") + "\n      rollbackTimeout: " + back;
        fleet.push(name, Backups.playbook(name, step));
        String rollout = fleet.start(name, host);
        Awaitility.await("a part")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(server::hasPart);
        return rollout;
    }

    private static void drill(String name) {
        Run drill = run(
                "drill-" + name, "backup.verify: {name: " + name + ", from: '" + bucket + "', " + reached + "aws}}");
        assertThat(drill.getState()).as(drill.toString()).isEqualTo(RunState.SUCCEEDED);
    }

    private static List<String> objects(String name) throws IOException {
        return server.objects().stream()
                .filter(object -> object.startsWith("backups/" + host.name() + "/" + name + "-"))
                .toList();
    }

    private static List<String> pending() throws IOException {
        return server.objects().stream()
                .filter(object -> !object.startsWith("backups/" + host.name() + "/"))
                .toList();
    }

    private static String create(String name, String how) {
        return "backup.create: {name: " + name + ", files: [/srv/site], databases: [shop], engine: mariadb, " + how
                + ", to: '" + bucket + "', " + reached + "aws}}";
    }

    private static String credentials(String secret) {
        return "[default]\naws_access_key_id = " + S3Server.ID + "\naws_secret_access_key = " + secret + "\n";
    }

    private static Run run(String name, String step) {
        return fleet.run(name, Backups.playbook(name, step), host);
    }
}
