package dev.drydock.controller.store;

import com.zaxxer.hikari.HikariConfig;
import dev.drydock.controller.cluster.Fence;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store in a database of PostgreSQL 14 or newer, whose text must sort by its bytes, as SQLite's does. */
public final class PostgresStore extends SqlStore {
    private static final Logger log = LoggerFactory.getLogger(PostgresStore.class);

    private final PostgresCommits commits;
    private final PostgresFailures failures;

    private PostgresStore(PostgresAddress database, DataSource source, PostgresCommits commits) {
        super(readers(source), PostgresStore::textual, commits, new PostgresFailures(database));
        this.failures = new PostgresFailures(database);
        this.commits = commits;
    }

    /**
     * Opens the database, brings its schema up to date and starts the writer.
     *
     * @param fence what each commit is to hold
     * @throws StoreException when it cannot be opened or migrated
     */
    public static PostgresStore open(PostgresAddress database, Fence fence) {
        PostgresFailures failures = new PostgresFailures(database);
        DataSource source = database.dataSource();
        Jdbi jdbi = textual(Jdbi.create(source));
        try {
            jdbi.useHandle(handle -> requireBytewise(handle, database));
            migrate(source, database);
            return new PostgresStore(database, source, new PostgresCommits(jdbi, failures, fence));
        } catch (JdbiException | FlywayException e) {
            throw failures.opening(e);
        }
    }

    private static Jdbi textual(Jdbi jdbi) {
        return jdbi.registerArgument(new PostgresText());
    }

    private static void requireBytewise(Handle handle, PostgresAddress database) {
        List<String> before = handle.createQuery(
                        "SELECT a FROM (VALUES ('a-b'), ('aa'), ('B')) AS texts (a) ORDER BY a")
                .mapTo(String.class)
                .list();
        if (!before.equals(List.of("B", "a-b", "aa"))) {
            throw new StoreException(
                    StoreException.Kind.BROKEN,
                    "The database " + database
                            + " sorts text by the rules of a language. Make it anew with: CREATE DATABASE \""
                            + database.name() + "\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
                    null);
        }
    }

    static Flyway migrations(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/postgresql")
                .placeholders(Map.of("bytes", "BYTEA"))
                .load();
    }

    private static void migrate(DataSource source, PostgresAddress database) {
        Flyway flyway = migrations(source);
        refuseNewer(database.toString(), flyway.info(), "");
        SchemaState schema = SchemaState.of(flyway.info());
        if (schema.upgradePending()) {
            log.info(
                    "brings the schema of {} from version {} to {}; the way back is a dump of before (pg_dump), which is the operator's",
                    database,
                    schema.version().orElseThrow(),
                    schema.known());
        }
        flyway.migrate();
    }

    private static HikariConfig readers(DataSource source) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store-readers");
        pool.setDataSource(source);
        pool.setConnectionInitSql("SET default_transaction_read_only = on");
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        return pool;
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        try {
            return super.read(work);
        } catch (JdbiException e) {
            throw PostgresFailures.lostConnection(e) ? failures.reading(e) : e;
        }
    }

    /** A transaction that writes, if nothing but its own number. */
    @Override
    public CompletableFuture<Boolean> probe() {
        return write(handle -> true);
    }

    /** PostgreSQL does so by itself (autovacuum). */
    @Override
    public CompletableFuture<Boolean> compact() {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void close() {
        commits.closing();
        super.close();
    }
}
