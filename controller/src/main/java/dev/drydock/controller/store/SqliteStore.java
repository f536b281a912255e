package dev.drydock.controller.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The store in one SQLite file: WAL, {@code synchronous=FULL}, one {@link GroupCommitWriter} and a small pool of connections
 * that cannot write.
 */
public final class SqliteStore implements Store {
    private static final int READERS = 4;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int GROUP = 1_000;
    private static final int PROBES = 1_000;
    /** Of {@code auto_vacuum}. */
    private static final int INCREMENTAL = 2;

    private static final int PAGES_A_WRITE = 64;

    private final HikariDataSource readers;
    private final Jdbi reading;
    private final GroupCommitWriter writer;

    private SqliteStore(HikariDataSource readers, GroupCommitWriter writer) {
        this.readers = readers;
        this.reading = Jdbi.create(readers);
        this.writer = writer;
    }

    /**
     * Opens or creates the database, brings its schema up to date and starts the writer.
     *
     * @param file created with mode 0600; its directory must exist
     * @throws StoreException when it cannot be opened or migrated
     */
    public static SqliteStore open(Path file) {
        return open(file, SqliteStore::config);
    }

    /** @param config asked for each time that the writer connects, and before for the migration */
    static SqliteStore open(Path file, Supplier<SQLiteConfig> config) {
        try {
            if (createPrivate(file)) {
                incremental(file);
            }
            migrate(dataSource(file, config.get()), file);
            Supplier<Handle> connections = () -> Jdbi.open(dataSource(file, config.get()));
            return new SqliteStore(readers(file), new GroupCommitWriter(connections, file, GROUP));
        } catch (IOException | SQLException | FlywayException e) {
            throw StoreFailures.opening(file, e);
        }
    }

    static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config;
    }

    /** Before there is any table; later only a copy of the whole could change it. */
    private static void incremental(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA auto_vacuum = " + INCREMENTAL);
        }
    }

    /** @return whether it was not there */
    private static boolean createPrivate(Path file) throws IOException {
        boolean made = Files.notExists(file);
        if (made) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return made;
    }

    private static SQLiteDataSource dataSource(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void migrate(SQLiteDataSource source, Path file) {
        Flyway flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(Map.of("bytes", "BLOB"))
                .load();
        refuseNewer(file, flyway.info());
        flyway.migrate();
    }

    /** Flyway itself would go on with a schema that it does not know. */
    private static void refuseNewer(Path file, MigrationInfoService schema) {
        for (MigrationInfo applied : schema.applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new StoreException(
                        StoreException.Kind.BROKEN,
                        "The database " + file + " was written by a newer Drydock: its schema is at version "
                                + applied.getVersion()
                                + ", which this one does not know. Run that version or a newer one,"
                                + " or restore a backup that was made before the upgrade.",
                        null);
            }
        }
    }

    private static HikariDataSource readers(Path file) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store-readers");
        pool.setDataSource(dataSource(file, config()));
        pool.setConnectionInitSql("PRAGMA query_only = ON");
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        return new HikariDataSource(pool);
    }

    @Override
    public <T> CompletableFuture<T> write(Function<Handle, T> work, Consumer<T> whenDurable) {
        return writer.submit(work, whenDurable);
    }

    @Override
    public <T> T writeNow(Function<Handle, T> work) {
        if (writer.isCompleting()) {
            throw new IllegalStateException("A stage of a write's future waited for another write; use write() there.");
        }
        try {
            return write(work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        return reading.withHandle(work::apply);
    }

    /** Tells of each commit from now on, instead of who was told before. */
    public void listen(CommitListener to) {
        writer.listen(to);
    }

    /** Writes that wait for their commit to begin. */
    public int waiting() {
        return writer.waiting();
    }

    /** Whether the threads that write are there, and have been at no one thing for longer. */
    public boolean alive(Duration patience) {
        return writer.alive(patience);
    }

    /** Writes a page for the sake of it, so that it shows whether the disk takes one. Changes nothing that is read. */
    public CompletableFuture<Boolean> probe() {
        return write(handle -> {
            int before = handle.createQuery("PRAGMA user_version")
                    .mapTo(Integer.class)
                    .one();
            handle.createUpdate("PRAGMA user_version = " + (before + 1) % PROBES)
                    .execute();
            return true;
        });
    }

    /**
     * Gives some free pages back to the file system. Only of databases that were made with {@code auto_vacuum}: in others what is free
     * is used again for what comes.
     *
     * @return whether there is more
     */
    public CompletableFuture<Boolean> compact() {
        return write(handle -> {
            boolean gives = pragma(handle, "auto_vacuum") == INCREMENTAL;
            if (!gives || pragma(handle, "freelist_count") == 0) {
                return false;
            }
            try (Statement statement = handle.getConnection().createStatement()) {
                statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_A_WRITE + ")");
            } catch (SQLException e) {
                throw new IllegalStateException("free pages could not be given back", e);
            }
            return pragma(handle, "freelist_count") > 0;
        });
    }

    private static int pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(Integer.class).one();
    }

    /** Commits what is queued, then closes. Later writes fail with {@link StoreException}. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
