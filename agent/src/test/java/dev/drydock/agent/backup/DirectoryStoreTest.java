package dev.drydock.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(10));

    @TempDir
    Path directory;

    private DirectoryStore store;

    @BeforeEach
    void make() {
        store = new DirectoryStore(new HostFiles(Path.of("/")), directory + "/backups");
    }

    @Test
    void aBackupIsThereWhenItIsWholeAndNotBefore() throws Exception {
        Manifest manifest = gather("one");
        assertThat(store.all(JOB)).isEmpty();
        assertThat(store.find("one", JOB)).isEmpty();

        store.publish(manifest, JOB);
        store.publish(manifest, JOB);

        assertThat(store.all(JOB)).containsExactly(manifest);
        assertThat(store.find("one", JOB)).contains(manifest);
        assertThat(names()).containsExactly("one");
    }

    @Test
    void whatIsUnfinishedGoesWithoutATrace() throws Exception {
        gather("one");

        store.discard("one", JOB);
        store.discard("one", JOB);

        assertThat(names()).isEmpty();
    }

    @Test
    void onlyWhatTheManifestNamesIsRemoved() throws Exception {
        Manifest manifest = gather("one");
        store.publish(manifest, JOB);
        Path others = Files.writeString(directory.resolve("backups/one/others"), "x");

        store.remove(manifest, JOB);

        assertThat(others).exists();
        assertThat(store.all(JOB)).isEmpty();
        assertThat(directory.resolve("backups/one/archive")).doesNotExist();
    }

    @Test
    void othersDirectoriesAreNotBackups() throws Exception {
        Path other = Files.createDirectories(directory.resolve("backups/other"));
        Files.writeString(other.resolve("manifest.json"), "{\"format\":\"else\"}");
        Files.createDirectories(directory.resolve("backups/empty"));

        assertThat(store.all(JOB)).isEmpty();
    }

    @Test
    void aManifestNamesPlainFilesOnly() {
        byte[] evil = """
                {"format":"drydock/backup/v1","id":"a","name":"a","created":"2026-11-28T00:00:00Z","restored":false,
                "archives":[{"file":"../../etc/passwd","kind":"files","of":"","size":1,"sha256":"x"}]}""".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Manifest.of(evil))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../../etc/passwd");
    }

    @Test
    void whatIsKnownOfBackupsIsDurableAndFailuresForgetNothing() throws Exception {
        BackupLog log = new BackupLog(directory);
        BackupLog.Entry good = new BackupLog.Entry(
                "site",
                "files",
                Optional.of(Instant.ofEpochSecond(1)),
                Optional.of(Instant.ofEpochSecond(2)),
                Optional.empty(),
                3,
                "/b/one",
                "",
                "busy");
        log.put(good);
        log.put(log.find("site").failed("no\nroom"));
        log.put(BackupLog.Entry.none("db").failed("never worked"));

        assertThat(new BackupLog(directory).read())
                .containsExactly(BackupLog.Entry.none("db").failed("never worked"), good.failed("no room"));
    }

    @Test
    void whatAnAgentBeforeWroteIsUnderstood() throws Exception {
        Files.writeString(directory.resolve(BackupLog.FILE), "site\tfiles\t1\t2\t\t3\t/b/one\t\n");

        assertThat(new BackupLog(directory).find("site").size()).isEqualTo(3);
        assertThat(new BackupLog(directory).find("site").retentionError()).isEmpty();
    }

    private Manifest gather(String id) throws IOException {
        Path staging = store.staging(id);
        Files.writeString(staging.resolve("archive"), "x");
        return new Manifest(
                id,
                "site",
                Instant.parse("2026-11-28T00:00:00Z"),
                true,
                List.of(new Manifest.Archive("archive", "files", "", 1, "aa")));
    }

    private List<String> names() throws IOException {
        try (var list = Files.list(directory.resolve("backups"))) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }
}
