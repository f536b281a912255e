package dev.drydock.controller.store;

import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.run.Reboot;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code rollout_hosts}, for use inside a write or a read. */
final class SqlRolloutHosts {
    private SqlRolloutHosts() {}

    /** @param from the position of the first */
    static void insert(Handle handle, String rolloutId, int from, List<HostProgress> hosts) {
        Rows rows = new Rows(handle, """
            INSERT INTO rollout_hosts (rollout_id, position, host_id, host_name, wave, cluster, run_id, state,
              reason, step, attempts, deferrals, done, asked, opening_opens, opening_closes,
              opening_start_before, deadline, started_at, ended_at, unready, reboot, reboot_leave)
            VALUES (:rollout, :position, :host, :name, :wave, :cluster, :run, :state, :reason, :step, :attempts,
              :deferrals, :done, :asked, :opening_opens, :opening_closes, :opening_start_before,
              :deadline, :started, :ended, :unready, :reboot, :reboot_leave)
            """);
        for (int i = 0; i < hosts.size(); i++) {
            HostProgress host = hosts.get(i);
            int position = from + i;
            rows.add(row -> bind(row, rolloutId, position, host)
                    .bind("host", host.host().id())
                    .bind("name", host.host().name())
                    .bind("wave", host.host().wave())
                    .bind("cluster", host.host().cluster()));
        }
        rows.write();
    }

    /** @param before those that have not changed since are not written */
    static void update(Handle handle, String rolloutId, List<HostProgress> before, List<HostProgress> after) {
        Rows rows = new Rows(handle, """
            UPDATE rollout_hosts SET run_id = :run, state = :state, reason = :reason, step = :step,
              attempts = :attempts, deferrals = :deferrals, done = :done, asked = :asked,
              opening_opens = :opening_opens, opening_closes = :opening_closes,
              opening_start_before = :opening_start_before, deadline = :deadline,
              started_at = :started, ended_at = :ended, unready = :unready,
              reboot = :reboot, reboot_leave = :reboot_leave
            WHERE rollout_id = :rollout AND position = :position
            """);
        for (int i = 0; i < before.size(); i++) {
            HostProgress host = after.get(i);
            int position = i;
            if (host != before.get(i) && !host.equals(before.get(i))) {
                rows.add(row -> bind(row, rolloutId, position, host));
            }
        }
        rows.write();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, String rolloutId, int position, HostProgress host) {
        return WindowColumns.bind(statement, host.opening())
                .bind("rollout", rolloutId)
                .bind("position", position)
                .bind("run", host.runId())
                .bind("state", host.state().name())
                .bind("reason", host.reason())
                .bind("step", host.step())
                .bind("attempts", host.attempts())
                .bind("deferrals", host.deferrals())
                .bind("done", host.done())
                .bind("asked", host.asked().name())
                .bind("deadline", Columns.micros(host.deadline()))
                .bind("started", Columns.micros(host.startedAt()))
                .bind("ended", Columns.micros(host.endedAt()))
                .bind("unready", host.unready())
                .bind("reboot", host.reboot().map(Reboot::written).orElse(""))
                .bind("reboot_leave", Columns.micros(host.rebootLeave()));
    }

    /** In their order. */
    static List<HostProgress> read(Handle handle, String rolloutId) {
        return handle.createQuery("SELECT * FROM rollout_hosts WHERE rollout_id = :rollout ORDER BY position")
                .bind("rollout", rolloutId)
                .map((row, context) -> read(row))
                .list();
    }

    /** The first host of each rollout, by the rollout's id. */
    static Map<String, HostProgress> first(Handle handle) {
        // CROSS JOIN keeps SQLite from reading the hosts of all rollouts (Query Planner, "manual control using CROSS
        // JOIN").
        return handle.createQuery("""
            SELECT rollout_hosts.* FROM rollouts CROSS JOIN rollout_hosts
            WHERE rollout_hosts.rollout_id = rollouts.id AND rollout_hosts.position = 0
            """)
                .map((row, context) -> Map.entry(row.getString("rollout_id"), read(row)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static HostProgress read(ResultSet row) throws SQLException {
        return new HostProgress(
                new PlannedHost(
                        row.getString("host_id"),
                        row.getString("host_name"),
                        row.getInt("wave"),
                        row.getString("cluster")),
                row.getString("run_id"),
                RunState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("step"),
                row.getInt("attempts"),
                row.getInt("deferrals"),
                row.getBoolean("done"),
                HostProgress.Asked.valueOf(row.getString("asked")),
                WindowColumns.opening(row),
                Columns.optionalInstant(row, "deadline"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "ended_at"),
                row.getString("unready"),
                Reboot.parse(row.getString("reboot")),
                Columns.optionalInstant(row, "reboot_leave"));
    }
}
