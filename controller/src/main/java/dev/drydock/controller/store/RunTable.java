package dev.drydock.controller.store;

import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code runs}, for use inside a write or a read. */
public final class RunTable {
    private RunTable() {}

    /** Puts a run on record as it is. Idempotent by id: a run that is there already stays as it is. */
    public static void insert(Handle handle, Run run) {
        insert(handle, List.of(run));
    }

    /** As {@link #insert(Handle, Run)}, of many. */
    static void insert(Handle handle, List<Run> runs) {
        Rows rows = new Rows(handle, """
            INSERT INTO runs (id, rollout_id, host_id, playbook_name, playbook_version, playbook_digest,
              params, window_name, window_opens, window_closes, start_before, deadline, state, reason,
              offered_at, started_at, ended_at, last_sequence, output_size, open, reboot)
            VALUES (:id, :rollout, :host, :playbook, :version, :digest, :params, :window, :opens, :closes,
              :startBefore, :deadline, :state, :reason, :offered, :started, :ended, :sequence, :output, :open, :reboot)
            ON CONFLICT (id) DO NOTHING
            """);
        runs.forEach(run -> rows.add(row -> bind(row, run)
                .bind("rollout", run.rolloutId())
                .bind("host", run.hostId())
                .bind("playbook", run.playbookName())
                .bind("version", run.playbookVersion())
                .bind("digest", run.playbookDigest())
                .bind("params", Columns.json(run.params()))
                .bind("window", run.windowName())
                .bind("opens", Columns.micros(run.windowOpens()))
                .bind("closes", Columns.micros(run.windowCloses()))
                .bind("startBefore", Columns.micros(run.startBefore()))
                .bind("deadline", Columns.micros(run.deadline()))
                .bind("offered", Columns.micros(run.offeredAt()))));
        rows.write();
        runs.forEach(run -> LastRuns.follow(handle, run, false));
    }

    /** Stores what events change of a run. */
    static void update(Handle handle, Run before, Run run) {
        bind(handle.createUpdate("""
            UPDATE runs SET state = :state, reason = :reason, started_at = :started, ended_at = :ended,
              last_sequence = :sequence, output_size = :output, open = :open, reboot = :reboot
            WHERE id = :id
            """), run).execute();
        LastRuns.follow(handle, run, RunStates.ended(before.state()));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Run run) {
        return statement
                .bind("id", run.id())
                .bind("state", run.state().name())
                .bind("reason", run.reason())
                .bind("started", Columns.micros(run.startedAt()))
                .bind("ended", Columns.micros(run.endedAt()))
                .bind("sequence", run.lastSequence())
                .bind("output", run.outputSize())
                .bind("open", !RunStates.ended(run.state()))
                .bind("reboot", run.reboot().map(Reboot::written).orElse(""));
    }

    static Optional<Run> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM runs WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    static Run read(ResultSet row) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("rollout_id"),
                row.getString("host_id"),
                row.getString("playbook_name"),
                row.getInt("playbook_version"),
                row.getString("playbook_digest"),
                Columns.map(row, "params"),
                row.getString("window_name"),
                Columns.instant(row, "window_opens"),
                Columns.instant(row, "window_closes"),
                Columns.instant(row, "start_before"),
                Columns.instant(row, "deadline"),
                RunState.valueOf(row.getString("state")),
                row.getString("reason"),
                Columns.instant(row, "offered_at"),
                Columns.optionalInstant(row, "started_at"),
                Columns.optionalInstant(row, "ended_at"),
                row.getLong("last_sequence"),
                row.getLong("output_size"),
                Reboot.parse(row.getString("reboot")));
    }
}
