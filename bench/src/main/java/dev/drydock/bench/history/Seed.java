package dev.drydock.bench.history;

import dev.drydock.controller.store.SqliteStore;
import dev.drydock.proto.agent.v1.RunEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Writes a fleet and its past into a new database, past the store: it makes millions of rows in minutes. The schema is the store's own.
 * Nobody else may have the file open.
 */
final class Seed implements AutoCloseable {
    private static final int HOSTS_A_COMMIT = 5_000;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Connection connection;
    private final Instant now;

    private Seed(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    /** Makes the file where there is none. */
    static Seed into(Path database, Instant now) throws SQLException {
        SqliteStore.open(database).close();
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            // Nothing of it is needed after a crash.
            statement.execute("PRAGMA synchronous=OFF");
            statement.execute("PRAGMA cache_size=-262144");
        }
        connection.setAutoCommit(false);
        return new Seed(connection, now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** @param runs in as many rollouts to all hosts as that makes, spread evenly over the year before now */
    void write(int hosts, int runs) throws SQLException {
        hosts(hosts);
        int rollouts = Math.max(1, runs / hosts);
        for (int i = 0; i < rollouts; i++) {
            Instant opens =
                    now.minus(Duration.ofDays(365).multipliedBy(rollouts - i).dividedBy(rollouts));
            rollout(i, hosts, opens);
            mended(hosts, opens);
        }
        trend(hosts);
    }

    private void hosts(int hosts) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO hosts (id, name, labels, enrolled_at,"
                + " certificate_expires_at, token_id, facts, facts_digest, last_seen, clock_skew)"
                + " VALUES (?, ?, ?, ?, ?, 't', ?, ?, ?, 0)")) {
            for (int i = 0; i < hosts; i++) {
                insert.setString(1, SeededHosts.id(i));
                insert.setString(2, SeededHosts.name(i));
                insert.setString(3, SeededHosts.labels(i));
                insert.setLong(4, micros(now.minus(Duration.ofDays(365))));
                insert.setLong(5, micros(now.plus(Duration.ofDays(30))));
                insert.setBytes(6, SeededHosts.facts(i, now).toByteArray());
                insert.setString(7, "d" + i);
                insert.setLong(8, micros(now.minusMillis(i)));
                insert.executeUpdate();
            }
        }
        connection.commit();
    }

    private void rollout(int number, int hosts, Instant opens) throws SQLException {
        String id = "%012x%024x".formatted(opens.toEpochMilli(), number);
        Instant closes = opens.plus(SeededRun.WINDOW);
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO rollouts (id, name, playbook_name, playbook_version, playbook_digest, params, selector, window_name,
              window_rrule, window_start, window_zone, window_duration, window_cutoff, window_reserve, waves, max_concurrent,
              failure_threshold, soak, created_at, state, reason, current_wave, stop, roll_back, started_at, ended_at, live)
            VALUES (?, ?, 'monthly', 7, ?, '{}', 'true', 'nights', '', '2025-01-01T02:00', 'UTC', 14400000000, 0, 0, '100%',
              '100%', '100%', 0, ?, 'COMPLETED', '', 1, 'NOT', FALSE, ?, ?, FALSE)
            """)) {
            insert.setString(1, id);
            insert.setString(2, "monthly-%04d".formatted(number));
            insert.setString(3, SeededRun.DIGEST);
            insert.setLong(4, micros(opens));
            insert.setLong(5, micros(opens));
            insert.setLong(6, micros(closes));
            insert.executeUpdate();
        }
        try (PreparedStatement progress = connection.prepareStatement("""
            INSERT INTO rollout_hosts (rollout_id, position, host_id, host_name, wave, run_id, state, reason, step, attempts,
              deferrals, done, asked, opening_opens, opening_closes, opening_start_before, started_at, ended_at, unready)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, '', 1, 0, TRUE, 'NOTHING', ?, ?, ?, ?, ?, '')
            """);
                PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO runs (id, rollout_id, host_id, playbook_name, playbook_version, playbook_digest, params,
                      window_name, window_opens, window_closes, start_before, deadline, state, reason, offered_at, started_at,
                      ended_at, last_sequence, output_size, step, open, counted, incident)
                    VALUES (?, ?, ?, 'monthly', 7, ?, '{}', 'nights', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', FALSE, TRUE, ?)
                    """);
                PreparedStatement events = connection.prepareStatement(
                        "INSERT INTO run_events (run_id, sequence, event) VALUES (?, ?, ?)")) {
            for (int host = 0; host < hosts; host++) {
                SeededRun run = SeededRun.of(number, host, id, opens);
                bind(progress, run, host, closes);
                progress.executeUpdate();
                List<RunEvent> said = run.events();
                bind(insert, run, closes, said.size());
                insert.executeUpdate();
                for (RunEvent event : said) {
                    events.setString(1, run.id());
                    events.setLong(2, event.getSequence());
                    events.setBytes(3, event.toByteArray());
                    events.executeUpdate();
                }
                if (host % HOSTS_A_COMMIT == HOSTS_A_COMMIT - 1) {
                    connection.commit();
                }
            }
        }
        connection.commit();
    }

    private static void bind(PreparedStatement progress, SeededRun run, int host, Instant closes) throws SQLException {
        progress.setString(1, run.rollout());
        progress.setInt(2, host);
        progress.setString(3, SeededHosts.id(host));
        progress.setString(4, SeededHosts.name(host));
        progress.setString(5, run.id());
        progress.setString(6, run.state().name());
        progress.setString(7, run.reason());
        progress.setLong(8, micros(run.opens()));
        progress.setLong(9, micros(closes));
        progress.setLong(10, micros(closes));
        progress.setLong(11, micros(run.opens()));
        progress.setLong(12, micros(run.ended()));
    }

    private static void bind(PreparedStatement insert, SeededRun run, Instant closes, int events) throws SQLException {
        insert.setString(1, run.id());
        insert.setString(2, run.rollout());
        insert.setString(3, SeededHosts.id(run.host()));
        insert.setString(4, SeededRun.DIGEST);
        insert.setLong(5, micros(run.opens()));
        insert.setLong(6, micros(closes));
        insert.setLong(7, micros(closes));
        insert.setLong(8, micros(closes));
        insert.setString(9, run.state().name());
        insert.setString(10, run.reason());
        insert.setLong(11, micros(run.opens()));
        insert.setLong(12, micros(run.opens()));
        insert.setLong(13, micros(run.ended()));
        insert.setInt(14, events);
        insert.setObject(15, run.reason().isEmpty() ? null : Integer.valueOf(0));
    }

    /** Each rollout mended something on each host. */
    private void mended(int hosts, Instant at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR IGNORE INTO remediation_days (day, host_id, kind, severity, mended, within, seconds)"
                        + " VALUES (?, ?, 'VULNERABILITY', ?, 3, 2, 900000)")) {
            for (int host = 0; host < hosts; host++) {
                insert.setLong(1, at.toEpochMilli() / DAY);
                insert.setString(2, SeededHosts.id(host));
                insert.setString(3, host % 2 == 0 ? "HIGH" : "MEDIUM");
                insert.executeUpdate();
            }
        }
        connection.commit();
    }

    private void trend(int hosts) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO compliance_days VALUES" + " (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0)")) {
            for (long day = now.toEpochMilli() / DAY - 365; day < now.toEpochMilli() / DAY; day++) {
                for (int team = -1; team < 20; team++) {
                    insert.setLong(1, day);
                    insert.setString(2, "");
                    insert.setString(3, team < 0 ? "" : "team");
                    insert.setString(4, team < 0 ? "" : "t" + team);
                    insert.setInt(5, team < 0 ? hosts : hosts / 20);
                    insert.setInt(6, team < 0 ? hosts : hosts / 20);
                    insert.executeUpdate();
                }
            }
        }
        connection.commit();
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            connection.close();
        }
    }

    /** For a look by hand: {@code Seed DATABASE HOSTS RUNS}. */
    public static void main(String[] arguments) throws SQLException {
        try (Seed seed = Seed.into(Path.of(arguments[0]), Instant.now())) {
            seed.write(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }
}
