package dev.drydock.controller.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.controller.compliance.RunOutcome;
import dev.drydock.controller.compliance.RunOutcomes;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.RunEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What reports read of runs, in SQL. */
public final class SqlRunOutcomes implements RunOutcomes {
    private final Store store;

    public SqlRunOutcomes(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Run> lastEnded() {
        List<Run> ended = store.read(handle -> handle.createQuery("""
                        SELECT * FROM (
                          SELECT runs.*, ROW_NUMBER() OVER (PARTITION BY host_id ORDER BY ended_at DESC, id DESC) AS age
                          FROM runs WHERE open = :open) AS ended
                        WHERE age = 1
                        """)
                .bind("open", false)
                .map((row, context) -> RunTable.read(row))
                .list());
        return ended.stream().collect(Collectors.toMap(Run::hostId, Function.identity()));
    }

    @Override
    public List<RunOutcome> ofRollout(String rolloutId) {
        // The result is a run's last event: nothing is journaled after it.
        return store.read(handle -> handle.createQuery("""
                        SELECT runs.*, run_events.event AS last_event FROM runs
                        LEFT JOIN run_events ON run_events.run_id = runs.id AND run_events.sequence = runs.last_sequence
                        WHERE rollout_id = :rollout ORDER BY offered_at, id
                        """)
                .bind("rollout", rolloutId)
                .map((row, context) -> new RunOutcome(RunTable.read(row), changes(row)))
                .list());
    }

    private static int changes(ResultSet row) throws SQLException {
        byte[] event = row.getBytes("last_event");
        if (event == null) {
            return 0;
        }
        try {
            return RunEvent.parseFrom(event).getResult().getChangesCount();
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("a row of run_events holds no RunEvent", e);
        }
    }
}
