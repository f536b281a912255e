package dev.drydock.controller.store;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Reads a SQLite database and writes nothing, not even what SQLite itself keeps beside it: also where a controller runs on it, or one was killed
 * and left what is not in the main file yet. One thread.
 *
 * @see <a href="https://www.sqlite.org/wal.html#read_only_databases">SQLite: read-only databases in WAL mode</a>
 */
public final class DatabaseLook implements AutoCloseable {
    private static final int WAITS_MILLIS = 5_000;
    /** What is wrong is known by then. */
    private static final int FAULTS = 5;

    private final Path file;
    private final SQLiteDataSource source;
    private final Handle handle;

    private DatabaseLook(Path file, SQLiteDataSource source, Handle handle) {
        this.file = file;
        this.source = source;
        this.handle = handle;
    }

    /**
     * @param inUse whether a controller runs on it now
     * @throws StoreException when it is none, or cannot be read
     */
    public static DatabaseLook open(Path file, boolean inUse) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(WAITS_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        try {
            source.setUrl("jdbc:sqlite:file:" + encoded(file) + "?mode=ro" + manner(file, inUse));
            Handle handle = Jdbi.create(source).open();
            try {
                handle.createQuery("SELECT COUNT(*) FROM sqlite_master")
                        .mapTo(Long.class)
                        .one();
                return new DatabaseLook(file, source, handle);
            } catch (JdbiException e) {
                handle.close();
                throw e;
            }
        } catch (JdbiException | IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Where nobody writes, what lies beside the file need not be shared with anybody, or is not there. */
    private static String manner(Path file, boolean inUse) throws IOException {
        if (inUse) {
            return "";
        }
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        boolean behind = Files.exists(log) && Files.size(log) > 0;
        return behind && Files.exists(file.resolveSibling(file.getFileName() + "-shm"))
                ? "&readonly_shm=1"
                : "&immutable=1";
    }

    private static String encoded(Path file) {
        return URLEncoder.encode(file.toAbsolutePath().toString(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static StoreException unreadable(Path file, Exception e) {
        return new StoreException(
                StoreException.Kind.BROKEN, "The database " + file + " cannot be read: " + StoreFailures.reason(e), e);
    }

    /** @throws StoreException when it has a table of steps that cannot be read */
    public SchemaState schema() {
        try {
            return SchemaState.of(SqliteStore.migrations(source).info());
        } catch (FlywayException e) {
            throw unreadable(file, e);
        }
    }

    /** What SQLite's own quick check finds, the first few. Reads the whole file. */
    public List<String> faults() {
        try {
            List<String> told = new ArrayList<>(handle.createQuery("PRAGMA quick_check(" + FAULTS + ")")
                    .mapTo(String.class)
                    .list());
            told.remove("ok");
            return told;
        } catch (JdbiException e) {
            return List.of(StoreFailures.reason(e));
        }
    }

    /** How many rows a table has; empty: there is no such table. @param table a name of ours */
    public OptionalLong count(String table) {
        return has(table)
                ? OptionalLong.of(handle.createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Long.class)
                        .one())
                : OptionalLong.empty();
    }

    /** When something was last put on record. */
    public Optional<Instant> newest() {
        return List.of("audit_entries.at", "runs.offered_at", "hosts.last_seen").stream()
                .map(column -> column.split("\\."))
                .filter(parts -> has(parts[0]))
                .flatMap(
                        parts -> handle
                                .createQuery("SELECT MAX(" + parts[1] + ") FROM " + parts[0])
                                .mapTo(Long.class)
                                .findOne()
                                .stream())
                .max(Long::compare)
                .map(Columns::instant);
    }

    private boolean has(String table) {
        return handle.createQuery("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = :name")
                        .bind("name", table)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    @Override
    public void close() {
        handle.close();
    }
}
