package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    @Test
    void theLogIsMovedIntoTheDatabaseWhileItIsOpen() {
        store.writeNow(handle -> handle.execute("CREATE TABLE filler (bytes BLOB)"));
        for (int i = 0; i < 10; i++) {
            store.writeNow(handle -> handle.execute("INSERT INTO filler VALUES (zeroblob(500000))"));
        }
        // Of about 1,240 pages of 4 KiB, of which no commit moves any by itself.
        assertThat(Integer.parseInt(pragma("wal_autocheckpoint"))).isGreaterThan(2_000);
        await().untilAsserted(() -> assertThat(moved()).isGreaterThan(1_000));
        assertThat(store.<Integer>read(handle -> handle.createQuery("SELECT COUNT(*) FROM filler")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(10);
    }

    /** Pages of the log that are in the database. */
    private int moved() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("drydock.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            return row.getInt(3);
        }
    }

    private String pragma(String name) {
        return store.writeNow(handle ->
                handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }
}
