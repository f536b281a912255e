package dev.drydock.controller.store;

import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What makes a run's events durable, for use inside a write: the path that every result of every host takes. Its statements are compiled
 * once a connection and bound without JDBI, which together took more of the writer's time than the database did.
 *
 * <p>For the writer's thread alone.
 */
final class RunWrites {
    private static final String FIND = RunTable.SELECT + "WHERE id = ?";
    private static final String EVENT = "INSERT INTO run_events (run_id, sequence, event) VALUES (?, ?, ?)";

    /** Of a run that stays open: sets no column that an index has (but one of those without incident, and the run is none), so that no index is written. */
    private static final String MOVE = """
        UPDATE runs SET state = ?, reason = ?, last_sequence = ?, output_size = ?, reboot = ?, started_at = ?,
          step = COALESCE(?, step) WHERE id = ?
        """;

    private static final String END = """
        UPDATE runs SET state = ?, reason = ?, last_sequence = ?, output_size = ?, reboot = ?, started_at = ?,
          step = COALESCE(?, step), ended_at = ?, open = ? WHERE id = ?
        """;

    private final Map<String, PreparedStatement> compiled = new HashMap<>();
    private @Nullable Connection connection;

    Optional<Run> find(Handle handle, String id) {
        try {
            PreparedStatement statement = statement(handle, FIND);
            text(statement, 1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(RunTable.read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a run could not be read or written", e);
        }
    }

    /**
     * @param events those that come after what is stored, serialised, in their order and without a gap
     * @param step the name of the one it stands at, if they tell
     */
    void append(Handle handle, Run before, Run after, List<byte[]> events, Optional<String> step) {
        try {
            events(statement(handle, EVENT), after.id(), before.lastSequence(), events);
            boolean still = !RunStates.ended(before.state()) && !RunStates.ended(after.state());
            update(statement(handle, still ? MOVE : END), after, step, !still);
            if (RunStates.ended(before.state())) {
                LastRuns.anew(handle, after.hostId());
            } else if (!still) {
                last(statement(handle, LastRuns.ENDED), after);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a run could not be read or written", e);
        }
    }

    private static void events(PreparedStatement insert, String run, long stored, List<byte[]> events)
            throws SQLException {
        insert.clearBatch();
        long sequence = stored;
        for (byte[] event : events) {
            text(insert, 1, run);
            insert.setLong(2, ++sequence);
            insert.setBytes(3, event);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private static void update(PreparedStatement update, Run run, Optional<String> step, boolean whole)
            throws SQLException {
        text(update, 1, run.state().name());
        text(update, 2, run.reason());
        update.setLong(3, run.lastSequence());
        update.setLong(4, run.outputSize());
        text(update, 5, run.reboot().map(Reboot::written).orElse(""));
        number(update, 6, Columns.micros(run.startedAt()));
        text(update, 7, step.orElse(null));
        int next = 8;
        if (whole) {
            number(update, next++, Columns.micros(run.endedAt()));
            update.setBoolean(next++, !RunStates.ended(run.state()));
        }
        text(update, next, run.id());
        update.executeUpdate();
    }

    private static void last(PreparedStatement upsert, Run run) throws SQLException {
        text(upsert, 1, run.hostId());
        text(upsert, 2, run.id());
        text(upsert, 3, run.state().name());
        number(upsert, 4, Columns.micros(run.endedAt()));
        upsert.executeUpdate();
    }

    /** Compiled once; its parameters are those of the last use until they are set anew. */
    private PreparedStatement statement(Handle handle, String sql) throws SQLException {
        Connection now = handle.getConnection();
        if (now != connection) {
            // Those of the former one went with it.
            compiled.clear();
            connection = now;
        }
        PreparedStatement known = compiled.get(sql);
        if (known == null) {
            known = now.prepareStatement(sql);
            compiled.put(sql, known);
        }
        return known;
    }

    private static void number(PreparedStatement statement, int position, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(position, Types.BIGINT);
        } else {
            statement.setLong(position, value);
        }
    }

    /** PostgreSQL takes no character NUL, and what hosts say may hold one. */
    private static void text(PreparedStatement statement, int position, @Nullable String value) throws SQLException {
        if (value == null) {
            statement.setNull(position, Types.VARCHAR);
        } else {
            statement.setString(position, value.replace('\0', '\uFFFD'));
        }
    }
}
