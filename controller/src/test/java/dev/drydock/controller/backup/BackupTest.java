package dev.drydock.controller.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import dev.drydock.controller.store.Chains;
import dev.drydock.controller.store.SqlAudit;
import dev.drydock.controller.store.SqlRecord;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path directory;

    private Path data;
    private Path backup;
    private Path restored;
    private final AtomicInteger ids = new AtomicInteger();

    @BeforeEach
    void aDataDirectory() throws Exception {
        data = Files.createDirectory(directory.resolve("data"));
        backup = directory.resolve("backup");
        restored = directory.resolve("restored");
        Files.writeString(data.resolve("ca.crt"), "certificate");
        Files.writeString(data.resolve("ca.key"), "key");
        Files.createDirectory(data.resolve("output"));
        Files.writeString(data.resolve("output/run-1"), "what it said");
        Files.createDirectory(data.resolve("artifacts"));
        Files.writeString(data.resolve("artifacts/9c1b"), "what was pushed");
        Files.writeString(data.resolve("artifacts/.incoming-1"), "half");
        Files.writeString(data.resolve("lock"), "17");
        try (SqliteStore store = SqliteStore.open(data.resolve("drydock.db"))) {
            record(store).id();
        }
    }

    private SqlRecord record(SqliteStore store) {
        return new SqlRecord(store, () -> "record-" + ids.incrementAndGet());
    }

    private void restore() throws BackupException {
        Backup.restore(backup, restored, () -> "put-back", () -> Instant.EPOCH);
    }

    @Test
    void whatIsPutBackIsWhatWasThereUnderAnotherName() throws Exception {
        assertThat(Backup.make(data, backup).files()).isEqualTo(5);
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        restore();
        assertThat(restored.resolve("ca.key")).hasContent("key");
        assertThat(restored.resolve("output/run-1")).hasContent("what it said");
        assertThat(restored.resolve("artifacts/9c1b")).hasContent("what was pushed");
        assertThat(restored.resolve("artifacts/.incoming-1")).doesNotExist();
        assertThat(restored.resolve("lock")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(restored.resolve("drydock.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(restored.resolve("ca.crt")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        try (SqliteStore store = SqliteStore.open(restored.resolve("drydock.db"))) {
            assertThat(record(store).id()).isEqualTo("put-back");
            assertThat(Chains.whole(new SqlAudit(store, () -> Instant.EPOCH)))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.body()).contains("\"kind\":\"restored\""));
        }
        try (SqliteStore store = SqliteStore.open(data.resolve("drydock.db"))) {
            assertThat(record(store).id()).as("the original keeps its name").isEqualTo("record-1");
        }
    }

    /** Every write that was durable before the backup began is in it, whatever is written meanwhile. */
    @Test
    void itIsMadeWhileAControllerWrites() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(50);
        try (SqliteStore store = SqliteStore.open(data.resolve("drydock.db"))) {
            SqlUsers users = new SqlUsers(store);
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!enough.get()) {
                    users.add(new User("user-" + written.get(), NOW, List.of(Grant.everywhere(Role.VIEWER))));
                    written.incrementAndGet();
                    some.countDown();
                }
            });
            some.await();
            int before = written.get();
            Backup.make(data, backup);
            int after = written.get();
            enough.set(true);
            writer.join();
            restore();
            try (SqliteStore copy = SqliteStore.open(restored.resolve("drydock.db"))) {
                SqlUsers kept = new SqlUsers(copy);
                assertThat(kept.find("user-" + (before - 1))).isPresent();
                assertThat(kept.find("user-" + (after + 1))).isEmpty();
            }
        }
    }

    @Test
    void whatIsNotWholeOrWasChangedIsNotPutBack() throws Exception {
        Backup.make(data, backup);
        Files.writeString(backup.resolve("output/run-1"), "what it never said");
        assertThatThrownBy(this::restore).hasMessageContaining("run-1 is not what SHA256SUMS says");
        Files.delete(backup.resolve("output/run-1"));
        assertThatThrownBy(this::restore).hasMessageContaining("run-1 is missing");
        Files.writeString(backup.resolve("SHA256SUMS"), "0".repeat(64) + "  ../../etc/passwd\n");
        assertThatThrownBy(this::restore).hasMessageContaining("no checksum with the name of a file");
        Files.delete(backup.resolve("SHA256SUMS"));
        assertThatThrownBy(this::restore).hasMessageContaining("not finished");
        assertThat(restored).doesNotExist();
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Backup.make(data, backup);
        assertThatThrownBy(() -> Backup.make(data, backup)).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> Backup.restore(backup, data, () -> "x", () -> Instant.EPOCH))
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> Backup.make(directory.resolve("output"), restored))
                .hasMessageContaining("not the data directory of a controller");
    }
}
