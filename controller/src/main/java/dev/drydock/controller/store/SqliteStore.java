package dev.drydock.controller.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The store in one SQLite file: WAL, {@code synchronous=FULL}, one {@link GroupCommitWriter} and a small pool of connections
 * that cannot write.
 */
public final class SqliteStore extends SqlStore {
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int PROBES = 1_000;
    /** Of {@code auto_vacuum}. */
    private static final int INCREMENTAL = 2;

    private static final int PAGES_A_WRITE = 64;

    private final Checkpoints checkpoints;

    private SqliteStore(Path file, Supplier<SQLiteConfig> config) {
        this(file, config, new Checkpoints(dataSource(file, config())));
    }

    private SqliteStore(Path file, Supplier<SQLiteConfig> config, Checkpoints checkpoints) {
        super(
                readers(file),
                jdbi -> jdbi,
                new SqliteCommits(() -> Jdbi.open(dataSource(file, config.get())), checkpoints),
                new SqliteFailures(file));
        this.checkpoints = checkpoints;
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

    /**
     * As {@link #open(Path)}, but where that changes the schema of a database that is in use it makes a copy of it first.
     *
     * @see UpgradeCopies
     */
    public static SqliteStore upgrading(Path file, InstantSource clock) {
        return open(file, SqliteStore::config, Upgrade.of(file, clock));
    }

    /** @param config asked for each time that the writer connects, and before for the migration */
    static SqliteStore open(Path file, Supplier<SQLiteConfig> config) {
        return open(file, config, Upgrade.WITHOUT_COPY);
    }

    static SqliteStore open(Path file, Supplier<SQLiteConfig> config, Upgrade upgrade) {
        try {
            if (createPrivate(file)) {
                incremental(file);
            }
            migrate(dataSource(file, config.get()), file, upgrade);
            return new SqliteStore(file, config);
        } catch (IOException | SQLException | FlywayException e) {
            throw SqliteFailures.opening(file, e);
        }
    }

    static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setWalAutocheckpoint(Checkpoints.WRITERS_OWN);
        // Nobody asks for them, and the driver would compile and run a query after each insertion.
        config.setGetGeneratedKeys(false);
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

    static Flyway migrations(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/sqlite")
                .placeholders(Map.of("bytes", "BLOB"))
                // All steps or none: one that is cut short leaves what was before.
                .group(true)
                .load();
    }

    private static void migrate(SQLiteDataSource source, Path file, Upgrade upgrade) throws IOException {
        Flyway flyway = migrations(source);
        SchemaState schema = SchemaState.of(flyway.info());
        refuseNewer(file.toString(), flyway.info(), schema.newer() ? wayBack(file, schema) : "");
        upgrade.before(schema);
        flyway.migrate();
        upgrade.after(schema);
    }

    private static String wayBack(Path file, SchemaState schema) throws IOException {
        return UpgradeCopies.beside(file)
                .newestUpTo(schema.known())
                .map(copy -> " The newest one that this version can read: drydock-controller restore --from " + copy
                        + " --data " + file.toAbsolutePath().getParent())
                .orElse("");
    }

    /** Without bringing its schema up to date, for what every version since the first has. */
    static SqliteStore asItIs(Path file) {
        return new SqliteStore(file, SqliteStore::config);
    }

    private static HikariConfig readers(Path file) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store-readers");
        pool.setDataSource(dataSource(file, config()));
        pool.setConnectionInitSql("PRAGMA query_only = ON");
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        return pool;
    }

    /** Writes a page for the sake of it, so that it shows whether the disk takes one. Changes nothing that is read. */
    @Override
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

    /** Only of databases that were made with {@code auto_vacuum}: in others what is free is used again for what comes. */
    @Override
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

    @Override
    public void close() {
        super.close();
        checkpoints.close();
    }

    private static int pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(Integer.class).one();
    }
}
