package dev.drydock.controller.store;

import dev.drydock.controller.retention.PastStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What is old, in SQL. */
public final class SqlPast implements PastStore {
    /**
     * Of a run, for the condition of a statement over {@code runs} that says by itself which. Written so that no index serves it: SQLite,
     * which has no statistics here, would take that of all runs that are not open for narrower than four ids.
     */
    static final String MAY_GO = """
        NOT runs.open AND COALESCE(runs.incident, 0) = 0
        AND NOT EXISTS (SELECT 1 FROM last_runs WHERE last_runs.host_id = runs.host_id AND last_runs.run_id = runs.id)
        AND NOT EXISTS (SELECT 1 FROM rollouts WHERE rollouts.id = runs.rollout_id AND rollouts.live = :live)
        """;

    private final Store store;
    private final Supplier<CompletableFuture<Boolean>> compact;

    /** @param compact as {@link PastStore#compact} */
    public SqlPast(Store store, Supplier<CompletableFuture<Boolean>> compact) {
        this.store = store;
        this.compact = compact;
    }

    private record Candidate(String id, Instant offeredAt, boolean mayGo) {}

    @Override
    public Old oldRuns(Instant before, Place after, int most) {
        List<Candidate> looked =
                store.read(handle -> handle.createQuery("SELECT id, offered_at, CASE WHEN " + MAY_GO + """
                     THEN 1 ELSE 0 END AS may_go FROM runs
                    WHERE offered_at < :before AND (offered_at, id) > (:at, :after)
                    ORDER BY offered_at, id LIMIT :most
                    """)
                        .bind("live", true)
                        .bind("before", Columns.micros(before))
                        .bind("at", Columns.micros(after.offeredAt()))
                        .bind("after", after.id())
                        .bind("most", most)
                        .map((row, context) -> new Candidate(
                                row.getString("id"), Columns.instant(row, "offered_at"), row.getInt("may_go") == 1))
                        .list());
        return new Old(
                looked.stream().filter(Candidate::mayGo).map(Candidate::id).toList(),
                looked.size() < most
                        ? Optional.empty()
                        : Optional.of(new Place(
                                looked.getLast().offeredAt(), looked.getLast().id())));
    }

    @Override
    public CompletableFuture<Integer> deleteRuns(List<String> runs) {
        return store.write(handle -> {
            List<String> still = handle.createQuery("SELECT id FROM runs WHERE id IN (<ids>) AND " + MAY_GO)
                    .bindList("ids", runs)
                    .bind("live", true)
                    .mapTo(String.class)
                    .list();
            delete(handle, "DELETE FROM run_events WHERE run_id = :id", still);
            delete(handle, "DELETE FROM contract_changes WHERE run_id = :id", still);
            delete(handle, "DELETE FROM runs WHERE id = :id", still);
            return still.size();
        });
    }

    private static void delete(Handle handle, String sql, List<String> ids) {
        if (!ids.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch(sql);
            ids.forEach(id -> batch.bind("id", id).add());
            batch.execute();
        }
    }

    private record Line(String rollout, int position) {}

    /** From the last host on: what is left of a rollout while it goes is its beginning. */
    @Override
    public CompletableFuture<Integer> deleteRollouts(Instant before, int most) {
        return store.write(handle -> {
            Optional<String> old = handle.createQuery("""
                SELECT id FROM rollouts WHERE live = :live AND ended_at < :before
                AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.rollout_id = rollouts.id)
                ORDER BY created_at, id LIMIT 1
                """)
                    .bind("live", false)
                    .bind("before", Columns.micros(before))
                    .mapTo(String.class)
                    .findOne();
            return old.map(id -> shrink(handle, id, most)).orElse(0);
        });
    }

    private static int shrink(Handle handle, String rollout, int most) {
        List<Line> lines = new ArrayList<>(handle.createQuery(
                        "SELECT position FROM rollout_hosts WHERE rollout_id = :id ORDER BY position DESC LIMIT :most")
                .bind("id", rollout)
                .bind("most", most)
                .mapTo(Integer.class)
                .map(position -> new Line(rollout, position))
                .list());
        PreparedBatch batch =
                handle.prepareBatch("DELETE FROM rollout_hosts WHERE rollout_id = :id AND position = :position");
        lines.forEach(line -> batch.bind("id", line.rollout())
                .bind("position", line.position())
                .add());
        if (batch.size() > 0) {
            batch.execute();
        }
        if (lines.size() < most || lines.getLast().position() == 0) {
            for (String table : List.of("rollout_exclusions", "rollout_approvals")) {
                handle.createUpdate("DELETE FROM " + table + " WHERE rollout_id = :id")
                        .bind("id", rollout)
                        .execute();
            }
            handle.createUpdate("DELETE FROM rollouts WHERE id = :id")
                    .bind("id", rollout)
                    .execute();
        }
        return lines.size() + 1;
    }

    @Override
    public CompletableFuture<Integer> deleteNotifications(Instant before, int most) {
        return store.write(handle -> handle.createUpdate("""
            DELETE FROM notifications WHERE id IN (
              SELECT id FROM notifications
              WHERE created_at < :before AND state IN ('SENT', 'FAILED', 'MERGED') ORDER BY id LIMIT :most)
            """)
                .bind("before", Columns.micros(before))
                .bind("most", most)
                .execute());
    }

    @Override
    public CompletableFuture<Boolean> compact() {
        return compact.get();
    }
}
