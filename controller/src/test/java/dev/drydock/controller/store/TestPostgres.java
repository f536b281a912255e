package dev.drydock.controller.store;

import dev.drydock.controller.cluster.Fence;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One real server of PostgreSQL in this process' care, and databases in it. It ends with the process. */
public final class TestPostgres {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final TestPostgres ONE = new TestPostgres();

    private final EmbeddedPostgres server;

    private TestPostgres() {
        try {
            server = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF8")
                    // The machine is not switched off in tests: what is committed is there.
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute("CREATE DATABASE ready");
        PostgresStore.open(address("ready"), Fence.NONE).close();
    }

    /** A new database with the schema as it is now. */
    public static PostgresAddress fresh() {
        return ONE.create("TEMPLATE ready");
    }

    /** A new database with nothing in it. */
    public static PostgresAddress empty() {
        return ONE.create("");
    }

    /** Whether it is there or not. */
    static PostgresAddress named(String name) {
        return ONE.address(name);
    }

    private PostgresAddress create(String how) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " " + how);
        return address(name);
    }

    private PostgresAddress address(String name) {
        return PostgresAddress.parse("postgresql://postgres@localhost:" + server.getPort() + "/" + name);
    }

    static void administer(String sql) {
        ONE.execute(sql);
    }

    private void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
