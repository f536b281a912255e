package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back of a backup, most of all where its bucket does not answer: nobody listens at its port. */
class BackupCreateTest {
    private static final String ID = "site-20261128T010203Z-0a1b2c3d";
    private static final String BUCKET = "s3://backups/web";

    @TempDir
    Path root;

    @TempDir
    Path workDir;

    @TempDir
    Path dataDir;

    private BackupLog log;
    private Action create;
    private Path scratch;
    private Path staging;

    @BeforeEach
    void cutOff() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        log = new BackupLog(dataDir);
        create = new BackupCreate(
                new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.empty()),
                log,
                InstantSource.system());
        scratch = Files.createDirectories(root.resolve("var/tmp/.drydock-scratch-0a1b2c3d/srv"));
        staging = Files.createDirectories(workDir.resolve("staging-" + ID));
        Files.writeString(staging.resolve("files.tar.zst"), "half");
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(root.resolve("etc/aws"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
        Files.setPosixFilePermissions(root.resolve("etc/aws"), PosixFilePermissions.fromString("rw-------"));
        log.unfinished().begun(BUCKET, ID);
    }

    @Test
    void clearsTheHostThoughTheBucketDoesNotAnswerAndAsksAgainWhileThereIsTime() throws Exception {
        StepContext context = context(Duration.ofMinutes(1));
        assertThatThrownBy(() -> create.rollback(context, prepared()))
                .isInstanceOfSatisfying(
                        ActionException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContaining(BUCKET);
        assertThat(scratch).doesNotExist();
        assertThat(staging).doesNotExist();
    }

    @Test
    void whatMayLieInTheBucketIsEvidenceAndOnRecordInTheEnd() throws Exception {
        StepContext context = context(Action.ROLLBACK_PAUSE.plusSeconds(1));
        create.rollback(context, prepared());
        assertThat(create.verifyRollback(context, prepared()))
                .anySatisfy(line -> assertThat(line).contains("nothing", ID, "left on this host"))
                .anySatisfy(line -> assertThat(line).contains(BUCKET, "could not be removed", "next backup"));
        assertThat(log.unfinished().at(BUCKET)).containsExactly(ID);
    }

    @Test
    void aBucketWhoseCredentialsAreGoneIsNoFailureOfTheHostEither() throws Exception {
        Files.delete(root.resolve("etc/aws"));
        create.rollback(context(Action.ROLLBACK_PAUSE), prepared());
        assertThat(scratch).doesNotExist();
        assertThat(log.unfinished().at(BUCKET)).containsExactly(ID);
    }

    @Test
    void aBucketInWhichNothingWasBegunIsNotAsked() throws Exception {
        log.unfinished().ended(BUCKET, ID);
        create.rollback(context(Duration.ofMinutes(1)), prepared());
        assertThat(scratch).doesNotExist();
    }

    @Test
    void ofADirectoryOfThisHostNothingIsLeft() throws Exception {
        log.unfinished().ended(BUCKET, ID);
        log.unfinished().begun("/srv/backups", ID);
        Path unfinished = Files.createDirectories(root.resolve("srv/backups")).resolve(".drydock-unfinished-" + ID);
        Files.createDirectory(unfinished);
        StepContext context = new TestStep(workDir, Action.ROLLBACK_PAUSE)
                .with(Map.of("name", "site", "files", List.of("/srv/site"), "to", "/srv/backups"));
        create.rollback(context, prepared());
        assertThat(unfinished).doesNotExist();
        assertThat(create.verifyRollback(context, prepared()))
                .containsExactly("nothing of the unfinished backup " + ID + " is left");
    }

    private StepContext context(Duration time) throws IOException {
        Map<String, Object> s3 = Map.of("endpoint", "http://127.0.0.1:" + closedPort(), "credentialsFile", "/etc/aws");
        return new TestStep(workDir, time)
                .with(Map.of("name", "site", "files", List.of("/srv/site"), "to", BUCKET, "s3", s3));
    }

    private static Struct prepared() {
        return new Structs()
                .put("id", ID)
                .put("created", "2026-11-28T01:02:03Z")
                .put("unique", "0a1b2c3d")
                .build();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
