package dev.drydock.controller.store;

import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table {@code rollout_hosts}, for use inside a write or a read. */
final class SqlRolloutHosts {
    private SqlRolloutHosts() {}

    /** @param from the position of the first */
    static void insert(Handle handle, String rolloutId, int from, List<HostProgress> hosts) {
        try (Rows rows = new Rows(handle, """
            INSERT INTO rollout_hosts (run_id, state, reason, step, attempts, deferrals, done, asked,
              opening_opens, opening_closes, opening_start_before, deadline, started_at, ended_at, unready,
              reboot, reboot_leave, rollout_id, position, host_id, host_name, wave, cluster)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
            for (int i = 0; i < hosts.size(); i++) {
                PlannedHost host = hosts.get(i).host();
                progress(rows, hosts.get(i))
                        .text(rolloutId)
                        .number(from + i)
                        .text(host.id())
                        .text(host.name())
                        .number(host.wave())
                        .text(host.cluster())
                        .add();
            }
        }
    }

    /** @param before those that have not changed since are not written */
    static void update(Handle handle, String rolloutId, List<HostProgress> before, List<HostProgress> after) {
        try (Rows rows = new Rows(handle, """
            UPDATE rollout_hosts SET run_id = ?, state = ?, reason = ?, step = ?, attempts = ?, deferrals = ?,
              done = ?, asked = ?, opening_opens = ?, opening_closes = ?, opening_start_before = ?, deadline = ?,
              started_at = ?, ended_at = ?, unready = ?, reboot = ?, reboot_leave = ?
            WHERE rollout_id = ? AND position = ?
            """)) {
            for (int i = 0; i < before.size(); i++) {
                HostProgress host = after.get(i);
                if (host != before.get(i) && !host.equals(before.get(i))) {
                    progress(rows, host).text(rolloutId).number(i).add();
                }
            }
        }
    }

    private static Rows progress(Rows row, HostProgress host) {
        return row.text(host.runId())
                .text(host.state().name())
                .text(host.reason())
                .text(host.step())
                .number(host.attempts())
                .number(host.deferrals())
                .flag(host.done())
                .text(host.asked().name())
                .at(host.opening().map(Opening::opens))
                .at(host.opening().map(Opening::closes))
                .at(host.opening().map(Opening::startBefore))
                .at(host.deadline())
                .at(host.startedAt())
                .at(host.endedAt())
                .text(host.unready())
                .text(host.reboot().map(Reboot::written).orElse(""))
                .at(host.rebootLeave());
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
