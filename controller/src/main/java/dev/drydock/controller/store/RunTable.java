package dev.drydock.controller.store;

import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code runs}, for use inside a write or a read. */
public final class RunTable {
    /** In this order {@link #read} and {@link #cancel} find them: by name the driver looks up each value of each row. */
    static final String SELECT_OF = """
        SELECT runs.id, runs.rollout_id, runs.host_id, runs.playbook_name, runs.playbook_version, runs.playbook_digest,
          runs.params, runs.window_name, runs.window_opens, runs.window_closes, runs.start_before, runs.deadline,
          runs.state, runs.reason, runs.offered_at, runs.started_at, runs.ended_at, runs.last_sequence,
          runs.output_size, runs.reboot, runs.cancel_mode, runs.cancel_reason FROM\s
        """;

    static final String SELECT = SELECT_OF + "runs ";

    private RunTable() {}

    /** Puts a run on record as it is. Idempotent by id: a run that is there already stays as it is. */
    public static void insert(Handle handle, Run run) {
        insert(handle, List.of(run));
    }

    /** As {@link #insert(Handle, Run)}, of many. */
    static void insert(Handle handle, List<Run> runs) {
        try (Rows rows = new Rows(handle, """
            INSERT INTO runs (id, rollout_id, host_id, playbook_name, playbook_version, playbook_digest,
              params, window_name, window_opens, window_closes, start_before, deadline, state, reason,
              offered_at, started_at, ended_at, last_sequence, output_size, open, reboot)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """)) {
            runs.forEach(run -> rows.text(run.id())
                    .text(run.rolloutId())
                    .text(run.hostId())
                    .text(run.playbookName())
                    .number(run.playbookVersion())
                    .text(run.playbookDigest())
                    .text(Columns.json(run.params()))
                    .text(run.windowName())
                    .at(run.windowOpens())
                    .at(run.windowCloses())
                    .at(run.startBefore())
                    .at(run.deadline())
                    .text(run.state().name())
                    .text(run.reason())
                    .at(run.offeredAt())
                    .at(run.startedAt())
                    .at(run.endedAt())
                    .number(run.lastSequence())
                    .number(run.outputSize())
                    .flag(!RunStates.ended(run.state()))
                    .text(reboot(run))
                    .add());
        }
        runs.forEach(run -> LastRuns.follow(handle, run, false));
    }

    /** Stores what events change of a run. */
    static void update(Handle handle, Run before, Run run) {
        handle.createUpdate("""
            UPDATE runs SET state = :state, reason = :reason, started_at = :started, ended_at = :ended,
              last_sequence = :sequence, output_size = :output, open = :open, reboot = :reboot
            WHERE id = :id
            """)
                .bind("id", run.id())
                .bind("state", run.state().name())
                .bind("reason", run.reason())
                .bind("started", Columns.micros(run.startedAt()))
                .bind("ended", Columns.micros(run.endedAt()))
                .bind("sequence", run.lastSequence())
                .bind("output", run.outputSize())
                .bind("open", !RunStates.ended(run.state()))
                .bind("reboot", reboot(run))
                .execute();
        LastRuns.follow(handle, run, RunStates.ended(before.state()));
    }

    private static String reboot(Run run) {
        return run.reboot().map(Reboot::written).orElse("");
    }

    static Optional<Run> find(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** That it shall end, where that is on record. */
    static Optional<CancelRequest> cancel(ResultSet row) throws SQLException {
        String mode = row.getString(21);
        return mode.isEmpty()
                ? Optional.empty()
                : Optional.of(new CancelRequest(row.getString(1), CancelRun.Mode.valueOf(mode), row.getString(22)));
    }

    /** Of what {@link #SELECT} begins. */
    static Run read(ResultSet row) throws SQLException {
        return new Run(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                Columns.map(row.getString(7), "params"),
                row.getString(8),
                Columns.instant(row.getLong(9)),
                Columns.instant(row.getLong(10)),
                Columns.instant(row.getLong(11)),
                Columns.instant(row.getLong(12)),
                RunState.valueOf(row.getString(13)),
                row.getString(14),
                Columns.instant(row.getLong(15)),
                Columns.optionalInstant(row, 16),
                Columns.optionalInstant(row, 17),
                row.getLong(18),
                row.getLong(19),
                Reboot.parse(row.getString(20)));
    }
}
