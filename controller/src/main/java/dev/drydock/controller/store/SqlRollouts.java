package dev.drydock.controller.store;

import dev.drydock.controller.alert.EndedRollouts;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutStore;
import dev.drydock.controller.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rollouts in SQL: one row for the plan and where it stands, one for each host. */
public final class SqlRollouts implements RolloutStore, EndedRollouts {
    private final Store store;

    public SqlRollouts(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Rollout> insert(Rollout rollout, List<Run> offers) {
        return store.writeNow(handle -> {
            Optional<Rollout> there = find(handle, rollout.name());
            if (there.isEmpty()) {
                SqlRolloutRows.insert(handle, rollout);
                RunTable.insert(handle, offers);
            }
            return there;
        });
    }

    @Override
    public void save(Rollout before, Rollout after, List<Run> offers) {
        store.writeNow(handle -> {
            SqlRolloutRows.update(handle, after);
            if (!after.approvals().equals(before.approvals())) {
                SqlRolloutApprovals.save(handle, after.id(), after.approvals());
            }
            if (!after.plan().notIncluded().equals(before.plan().notIncluded())) {
                SqlRolloutRows.leaveOut(handle, after.plan());
            }
            int known = before.hosts().size();
            SqlRolloutHosts.update(handle, after.id(), before.hosts(), after.hosts());
            SqlRolloutHosts.insert(
                    handle,
                    after.id(),
                    known,
                    after.hosts().subList(known, after.hosts().size()));
            RunTable.insert(handle, offers);
            return true;
        });
    }

    @Override
    public Optional<Rollout> find(String nameOrId) {
        return store.read(handle -> find(handle, nameOrId));
    }

    private static Optional<Rollout> find(Handle handle, String nameOrId) {
        return SqlRolloutRows.read(handle, "name = :key OR id = :key", nameOrId).stream()
                .findFirst();
    }

    @Override
    public List<Rollout> list() {
        return store.read(handle -> SqlRolloutRows.read(handle, "TRUE", "")).reversed();
    }

    @Override
    public Optional<String> name(String id) {
        return store.read(handle -> handle.createQuery("SELECT name FROM rollouts WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public List<Rollout> heads() {
        return store.read(handle -> SqlRolloutRows.heads(handle)).reversed();
    }

    @Override
    public List<Rollout> live() {
        return store.read(handle -> SqlRolloutRows.read(handle, "live = TRUE", ""));
    }

    @Override
    public List<Ended> since(Instant from) {
        return store.read(handle -> handle.createQuery(
                        "SELECT id, ended_at FROM rollouts WHERE ended_at >= :from ORDER BY ended_at, id")
                .bind("from", Columns.micros(from))
                .map((row, context) -> new Ended(row.getString("id"), Columns.instant(row, "ended_at")))
                .list());
    }

    @Override
    public List<Run> openRuns() {
        return store.read(
                handle -> handle.createQuery(RunTable.SELECT + "WHERE open = :open ORDER BY host_id, offered_at, id")
                        .bind("open", true)
                        .map((row, context) -> RunTable.read(row))
                        .list());
    }
}
