package dev.drydock.controller.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.controller.compliance.HostEnd;
import dev.drydock.controller.compliance.RunOutcomes;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What reports read of runs, in SQL. */
public final class SqlRunOutcomes implements RunOutcomes {
    /** Hosts; databases bound how many values a statement has. */
    private static final int A_QUERY = 500;

    private final Store store;

    public SqlRunOutcomes(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Run> lastEnded(Collection<String> hostIds) {
        Map<String, Run> last = new HashMap<>();
        List<String> ids = List.copyOf(hostIds);
        for (int from = 0; from < ids.size(); from += A_QUERY) {
            List<String> some = ids.subList(from, Math.min(from + A_QUERY, ids.size()));
            store.read(handle -> handle.createQuery(RunTable.SELECT_OF + """
                last_runs JOIN runs ON runs.id = last_runs.run_id WHERE last_runs.host_id IN (<hosts>)
                """)
                            .bindList("hosts", some)
                            .map((row, context) -> RunTable.read(row))
                            .list())
                    .forEach(run -> last.put(run.hostId(), run));
        }
        return last;
    }

    @Override
    public List<Run> lastEndedAs(Collection<RunState> states) {
        return store.read(handle -> handle.createQuery(RunTable.SELECT_OF + """
            last_runs JOIN runs ON runs.id = last_runs.run_id
            WHERE last_runs.state IN (<states>) ORDER BY last_runs.ended_at DESC, last_runs.run_id
            """)
                .bindList("states", states.stream().map(RunState::name).toList())
                .map((row, context) -> RunTable.read(row))
                .list());
    }

    @Override
    public List<HostEnd> ends(String rolloutId) {
        // The result is a run's last event: nothing is journaled after it. Only of those that succeeded it is asked
        // what they changed.
        return store.read(handle -> handle.createQuery("""
            SELECT rollout_hosts.host_id, rollout_hosts.state, run_events.event AS last_event FROM rollout_hosts
            LEFT JOIN runs ON runs.id = rollout_hosts.run_id AND rollout_hosts.state = :succeeded
            LEFT JOIN run_events ON run_events.run_id = runs.id AND run_events.sequence = runs.last_sequence
            WHERE rollout_hosts.rollout_id = :rollout ORDER BY rollout_hosts.position
            """)
                .bind("succeeded", RunState.SUCCEEDED.name())
                .bind("rollout", rolloutId)
                .map((row, context) ->
                        new HostEnd(row.getString("host_id"), RunState.valueOf(row.getString("state")), changes(row)))
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
