package dev.drydock.controller.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Reads a database of PostgreSQL and writes nothing. One thread. */
public final class PostgresLook implements AutoCloseable {
    private final PostgresAddress database;
    private final PGSimpleDataSource source;
    private final Handle handle;

    private PostgresLook(PostgresAddress database, PGSimpleDataSource source, Handle handle) {
        this.database = database;
        this.source = source;
        this.handle = handle;
    }

    /** @throws StoreException when it cannot be reached or does not let this program in */
    public static PostgresLook open(PostgresAddress database) {
        PGSimpleDataSource source = database.dataSource();
        try {
            source.setProperty(PGProperty.OPTIONS.getName(), "-c default_transaction_read_only=on");
            return new PostgresLook(database, source, Jdbi.create(source).open());
        } catch (SQLException | JdbiException e) {
            throw new PostgresFailures(database).opening(e);
        }
    }

    /** Of the server, as it tells it. */
    public String version() {
        return one("SHOW server_version");
    }

    /** Whether text sorts by its bytes, as the program wants it. */
    public boolean sortsBytewise() {
        return handle.createQuery("SELECT 'B' < 'a-b' AND 'a-b' < 'aa'")
                .mapTo(Boolean.class)
                .one();
    }

    public SchemaState schema() {
        try {
            return SchemaState.of(PostgresStore.migrations(source).info());
        } catch (FlywayException e) {
            throw new PostgresFailures(database).opening(e);
        }
    }

    /** Who leads. */
    public record Lease(String holder, Instant since, Instant expires) {}

    /** Empty where no controller ever led, and where the one that led gave its lease back. */
    public Optional<Lease> lease() {
        if (!has("drydock_cluster.lease")) {
            return Optional.empty();
        }
        return handle.createQuery("SELECT holder, since, expires FROM drydock_cluster.lease WHERE holder <> ''")
                .map((row, context) -> lease(row))
                .findOne();
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(
                row.getString("holder"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("expires").toInstant());
    }

    /** The server's clock less this machine's. */
    public Duration skew(Instant now) {
        return Duration.between(
                now,
                handle.createQuery("SELECT clock_timestamp()")
                        .map((row, context) -> row.getTimestamp(1).toInstant())
                        .one());
    }

    /** Empty where there is no such table yet. @param table a name of ours */
    public OptionalLong count(String table) {
        return has(table)
                ? OptionalLong.of(handle.createQuery("SELECT COUNT(*) FROM " + table)
                        .mapTo(Long.class)
                        .one())
                : OptionalLong.empty();
    }

    private boolean has(String table) {
        return handle.createQuery("SELECT to_regclass(:name) IS NOT NULL")
                .bind("name", table)
                .mapTo(Boolean.class)
                .one();
    }

    private String one(String question) {
        return handle.createQuery(question).mapTo(String.class).one();
    }

    @Override
    public void close() {
        handle.close();
    }
}
