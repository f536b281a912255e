package dev.drydock.controller.store;

import dev.drydock.controller.cluster.LeaseException;
import dev.drydock.controller.cluster.Leases;
import dev.drydock.controller.cluster.Member;
import dev.drydock.controller.cluster.MemberStatus;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The lease in PostgreSQL, by a connection of its own. Its tables are in a schema of their own, which migrations do not touch: they are there before one
 * may migrate, and older and newer versions share them. The epoch is the key of its row, so that taking over (another key) waits for
 * transactions that hold it, and renewing (the same) does not.
 */
public final class PostgresLeases implements Leases {
    /** What takes longer is as good as no answer. */
    private static final int ANSWER_SECONDS = 2;

    private static final String TABLES = """
            SELECT pg_advisory_xact_lock(7366393);
            CREATE SCHEMA IF NOT EXISTS drydock_cluster;
            CREATE TABLE IF NOT EXISTS drydock_cluster.lease (
              epoch BIGINT NOT NULL PRIMARY KEY,
              only_one BOOLEAN NOT NULL DEFAULT TRUE UNIQUE CHECK (only_one),
              holder TEXT NOT NULL,
              since TIMESTAMPTZ NOT NULL,
              expires TIMESTAMPTZ NOT NULL
            );
            CREATE TABLE IF NOT EXISTS drydock_cluster.members (
              name TEXT NOT NULL PRIMARY KEY,
              agents TEXT NOT NULL,
              api TEXT NOT NULL,
              feed TEXT,
              version TEXT NOT NULL,
              started TIMESTAMPTZ NOT NULL,
              seen TIMESTAMPTZ NOT NULL,
              connections INTEGER NOT NULL
            );
            CREATE TABLE IF NOT EXISTS drydock_cluster.fleet (
              name TEXT NOT NULL PRIMARY KEY,
              value TEXT NOT NULL
            );
            INSERT INTO drydock_cluster.lease (epoch, holder, since, expires) VALUES (0, '', clock_timestamp(), clock_timestamp())
              ON CONFLICT (only_one) DO NOTHING
            """;

    private final PostgresAddress database;
    private final Jdbi jdbi;
    private @Nullable Handle open;

    private PostgresLeases(PostgresAddress database) {
        this.database = database;
        PGSimpleDataSource source = database.dataSource();
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setConnectTimeout(ANSWER_SECONDS);
        this.jdbi = Jdbi.create(source);
    }

    /** Makes the tables where they are missing. @throws StoreException when the database cannot be opened */
    public static PostgresLeases open(PostgresAddress database) {
        PostgresLeases leases = new PostgresLeases(database);
        try {
            leases.jdbi.useTransaction(handle -> handle.createScript(TABLES).executeAsSeparateStatements());
            return leases;
        } catch (JdbiException e) {
            throw new PostgresFailures(database).opening(e);
        }
    }

    @Override
    public Optional<Long> take(Member member, Duration lease) {
        return ask(handle -> handle.createQuery("""
                        UPDATE drydock_cluster.lease SET epoch = epoch + 1, holder = :holder, since = clock_timestamp(),
                          expires = clock_timestamp() + :micros * INTERVAL '1 microsecond'
                        WHERE expires < clock_timestamp() RETURNING epoch
                        """)
                .bind("holder", member.name())
                .bind("micros", micros(lease))
                .mapTo(Long.class)
                .findOne());
    }

    @Override
    public boolean renew(long epoch, Duration lease) {
        return ask(handle -> handle.createUpdate("""
                        UPDATE drydock_cluster.lease SET expires = clock_timestamp() + :micros * INTERVAL '1 microsecond'
                        WHERE epoch = :epoch AND expires > clock_timestamp()
                        """)
                        .bind("epoch", epoch)
                        .bind("micros", micros(lease))
                        .execute()
                == 1);
    }

    @Override
    public void release(long epoch) {
        int unused = ask(handle -> handle.createUpdate(
                        "UPDATE drydock_cluster.lease SET expires = clock_timestamp() WHERE epoch = :epoch")
                .bind("epoch", epoch)
                .execute());
    }

    @Override
    public Optional<Term> current() {
        return ask(handle -> handle.createQuery("""
                        SELECT members.*, lease.epoch FROM drydock_cluster.lease
                        JOIN drydock_cluster.members ON members.name = lease.holder
                        WHERE lease.expires > clock_timestamp()
                        """)
                .map((row, context) -> new Term(row.getLong("epoch"), member(row)))
                .findOne());
    }

    @Override
    public void seen(Member member, int connections) {
        int unused = ask(handle -> handle.createUpdate("""
                        INSERT INTO drydock_cluster.members (name, agents, api, feed, version, started, seen, connections)
                        VALUES (:name, :agents, :api, :feed, :version, clock_timestamp(), clock_timestamp(), :connections)
                        ON CONFLICT (name) DO UPDATE SET agents = excluded.agents, api = excluded.api, feed = excluded.feed,
                          version = excluded.version, seen = excluded.seen, connections = excluded.connections
                        """)
                .bind("name", member.name())
                .bind("agents", text(member.agents()))
                .bind("api", text(member.api()))
                .bind("feed", member.feed().map(PostgresLeases::text).orElse(null))
                .bind("version", member.version())
                .bind("connections", connections)
                .execute());
    }

    @Override
    public void started(Member member) {
        int unused = ask(handle -> handle.createUpdate(
                        "UPDATE drydock_cluster.members SET started = clock_timestamp() WHERE name = :name")
                .bind("name", member.name())
                .execute());
    }

    @Override
    public List<MemberStatus> members() {
        return ask(PostgresMembers::list);
    }

    @Override
    public String agreed(String name, String ours) {
        return ask(handle -> handle.inTransaction(inside -> {
            int unused = inside.execute(
                    "INSERT INTO drydock_cluster.fleet (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    name,
                    ours);
            return inside.createQuery("SELECT value FROM drydock_cluster.fleet WHERE name = :name")
                    .bind("name", name)
                    .mapTo(String.class)
                    .one();
        }));
    }

    @Override
    public Optional<String> agreed(String name) {
        return ask(handle -> handle.createQuery("SELECT value FROM drydock_cluster.fleet WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
    }

    private synchronized <T> T ask(Function<Handle, T> question) {
        try {
            Handle handle = open;
            if (handle == null) {
                handle = jdbi.open();
                open = handle;
                // A row that is held by a leader that is stopped is free again when its transaction is ended for it.
                handle.execute("SET lock_timeout = '1s'");
            }
            return question.apply(handle);
        } catch (JdbiException e) {
            drop();
            throw new LeaseException("the database " + database + " did not answer: " + StoreFailures.reason(e), e);
        }
    }

    private void drop() {
        Handle broken = open;
        open = null;
        if (broken != null) {
            try {
                broken.getConnection().close();
            } catch (SQLException e) {
                return; // It is as good as closed.
            }
        }
    }

    private static long micros(Duration lease) {
        return lease.toNanos() / 1_000;
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getString("name"),
                address(row.getString("agents")),
                address(row.getString("api")),
                Optional.ofNullable(row.getString("feed")).map(PostgresLeases::address),
                row.getString("version"));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return InetSocketAddress.createUnresolved(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
