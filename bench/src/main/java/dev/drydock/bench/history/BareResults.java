package dev.drydock.bench.history;

import dev.drydock.proto.agent.v1.RunEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The least that a result of a run can cost in the store's own tables, with their indexes: its events, its run's row, and its host's last run,
 * by statements compiled once, nothing read, checked or serialised on the way, a thousand results a commit.
 */
final class BareResults {
    private static final int A_COMMIT = 1_000;

    private record Ready(SeededRun run, List<byte[]> events) {}

    private BareResults() {}

    /**
     * @param runs on record in the database, offered; nobody else has it open
     * @return results a second
     */
    static double measure(Path database, List<SeededRun> runs) throws SQLException {
        List<Ready> ready = runs.stream()
                .map(run -> new Ready(
                        run, run.events().stream().map(RunEvent::toByteArray).toList()))
                .toList();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA synchronous=FULL");
                statement.execute("PRAGMA foreign_keys=ON");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement event = connection.prepareStatement(
                            "INSERT INTO run_events (run_id, sequence, event) VALUES (?, ?, ?)");
                    PreparedStatement end = connection.prepareStatement("UPDATE runs SET state = ?, last_sequence = ?,"
                            + " started_at = ?, ended_at = ?, open = FALSE WHERE id = ?");
                    PreparedStatement last =
                            connection.prepareStatement("INSERT INTO last_runs (host_id, run_id, state, ended_at)"
                                    + " VALUES (?, ?, ?, ?) ON CONFLICT (host_id) DO UPDATE SET run_id = excluded.run_id,"
                                    + " state = excluded.state, ended_at = excluded.ended_at")) {
                long begun = System.nanoTime();
                int written = 0;
                for (Ready one : ready) {
                    write(one, event, end, last);
                    if (++written % A_COMMIT == 0) {
                        connection.commit();
                    }
                }
                connection.commit();
                return written * 1e9 / (System.nanoTime() - begun);
            }
        }
    }

    private static void write(Ready one, PreparedStatement event, PreparedStatement end, PreparedStatement last)
            throws SQLException {
        SeededRun run = one.run();
        long ended = run.ended().toEpochMilli() * 1_000;
        for (int i = 0; i < one.events().size(); i++) {
            event.setString(1, run.id());
            event.setLong(2, i + 1L);
            event.setBytes(3, one.events().get(i));
            event.addBatch();
        }
        event.executeBatch();
        end.setString(1, run.state().name());
        end.setLong(2, one.events().size());
        end.setLong(3, ended);
        end.setLong(4, ended);
        end.setString(5, run.id());
        end.executeUpdate();
        last.setString(1, SeededHosts.id(run.host()));
        last.setString(2, run.id());
        last.setString(3, run.state().name());
        last.setLong(4, ended);
        last.executeUpdate();
    }
}
