package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for SQLite only. */
final class SqliteStoreTest {
    @TempDir
    Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("drydock.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isReadableByItsOwnerOnlyAndSafeAgainstPowerLoss() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("drydock.db"))))
                .isEqualTo("rw-------");
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("foreign_keys")).isEqualTo("1");
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNoDatabase() throws Exception {
        Path other = Files.writeString(directory.resolve("other.db"), "no database at all, but long enough".repeat(50));
        assertThatThrownBy(() -> SqliteStore.open(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("Drydock database");
    }

    private String pragma(String name) {
        return store.writeNow(handle ->
                handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }
}
