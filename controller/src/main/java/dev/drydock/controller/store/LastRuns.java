package dev.drydock.controller.store;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import org.jdbi.v3.core.Handle;

/** The table {@code last_runs}, which follows {@code runs}. For use inside a write. */
final class LastRuns {
    /** Of a run that ended: host, run, state, end. */
    static final String ENDED = """
        INSERT INTO last_runs (host_id, run_id, state, ended_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (host_id) DO UPDATE
        SET run_id = excluded.run_id, state = excluded.state, ended_at = excluded.ended_at
        WHERE (excluded.ended_at, excluded.run_id) > (last_runs.ended_at, last_runs.run_id)
        """;

    private LastRuns() {}

    /** @param hadEnded before the change: what was lost speaks again, and another run may be the last one now */
    static void follow(Handle handle, Run run, boolean hadEnded) {
        if (hadEnded) {
            anew(handle, run.hostId());
        } else if (RunStates.ended(run.state())) {
            ended(handle, run);
        }
    }

    private static void ended(Handle handle, Run run) {
        handle.createUpdate(ENDED)
                .bind(0, run.hostId())
                .bind(1, run.id())
                .bind(2, run.state().name())
                .bind(3, Columns.micros(run.endedAt()))
                .execute();
    }

    static void anew(Handle handle, String hostId) {
        handle.createUpdate("DELETE FROM last_runs WHERE host_id = :host")
                .bind("host", hostId)
                .execute();
        handle.createUpdate("""
            INSERT INTO last_runs (host_id, run_id, state, ended_at)
            SELECT host_id, id, state, ended_at FROM runs
            WHERE host_id = :host AND open = :open AND ended_at IS NOT NULL
            ORDER BY ended_at DESC, id DESC LIMIT 1
            """).bind("host", hostId).bind("open", false).execute();
    }
}
