package dev.drydock.controller.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.OpenRuns;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.run.UnknownRunException;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Runs in SQL. The listener hears of each change after it is durable, in the order in which changes were written. */
public final class SqlRunStore implements RunStore, RunLedger {
    private static final int ASKED_AT_ONCE = 500;
    private static final List<Integer> SIZES = List.of(1, 8, 32, 128, ASKED_AT_ONCE);

    private final Store store;
    private final InstantSource clock;
    private final RunListener listener;
    private final RunWrites writes = new RunWrites();

    /** @param listener called by the thread that completes writes: must hand on to a thread of its own at once */
    public SqlRunStore(Store store, InstantSource clock, RunListener listener) {
        this.store = store;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public Optional<Run> find(String runId) {
        return store.read(handle -> RunTable.find(handle, runId));
    }

    @Override
    public List<Run> openOf(String hostId) {
        return store.read(handle -> handle.createQuery(
                        RunTable.SELECT + "WHERE host_id = :host AND open = :open ORDER BY offered_at, id")
                .bind("host", hostId)
                .bind("open", true)
                .map((row, context) -> RunTable.read(row))
                .list());
    }

    @Override
    public List<Run> begun(List<String> runIds) {
        return store.read(handle -> {
            List<Run> begun = new ArrayList<>();
            for (List<String> some : parts(runIds)) {
                begun.addAll(handle.createQuery(RunTable.SELECT + "WHERE id IN (<ids>) AND state <> :offered")
                        .bindList("ids", some)
                        .bind("offered", RunState.OFFERED.name())
                        .map((row, context) -> RunTable.read(row))
                        .list());
            }
            return begun;
        });
    }

    /**
     * Of few sizes, filled up with the last one: a statement with another number of parameters is another statement, which JDBI takes
     * apart anew, and that takes longer than the database takes for it.
     */
    private static List<List<String>> parts(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            List<String> part = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + ASKED_AT_ONCE)));
            int size =
                    SIZES.stream().filter(one -> one >= part.size()).findFirst().orElseThrow();
            part.addAll(Collections.nCopies(size - part.size(), part.getLast()));
            parts.add(part);
        }
        return parts;
    }

    @Override
    public List<Run> ofRollout(String rolloutId) {
        return store.read(
                handle -> handle.createQuery(RunTable.SELECT + "WHERE rollout_id = :rollout ORDER BY offered_at, id")
                        .bind("rollout", rolloutId)
                        .map((row, context) -> RunTable.read(row))
                        .list());
    }

    /** What is asked for is said in the statement: of a condition that may or may not count no index can be used. */
    @Override
    public List<Run> list(Optional<String> hostId, Optional<String> rolloutId, Optional<Place> after, int limit) {
        String conditions = (hostId.isPresent() ? "host_id = :host AND " : "")
                + (rolloutId.isPresent() ? "rollout_id = :rollout AND " : "");
        return store.read(handle -> {
            Query query = handle.createQuery(RunTable.SELECT + "WHERE " + conditions
                    + "(offered_at, id) < (:at, :after) ORDER BY offered_at DESC, id DESC LIMIT :limit");
            hostId.ifPresent(host -> query.bind("host", host));
            rolloutId.ifPresent(rollout -> query.bind("rollout", rollout));
            return query.bind(
                            "at",
                            after.map(place -> Columns.micros(place.offeredAt()))
                                    .orElse(Long.MAX_VALUE))
                    .bind("after", after.map(Place::id).orElse(""))
                    .bind("limit", limit)
                    .map((row, context) -> RunTable.read(row))
                    .list();
        });
    }

    @Override
    public List<Run> ended(String playbookName, int limit) {
        return store.read(handle -> handle.createQuery(RunTable.SELECT + """
            WHERE playbook_name = :playbook AND open = :open AND started_at IS NOT NULL
            ORDER BY offered_at DESC, id DESC LIMIT :limit
            """)
                .bind("playbook", playbookName)
                .bind("open", false)
                .bind("limit", limit)
                .map((row, context) -> RunTable.read(row))
                .list());
    }

    @Override
    public List<RunEvent> events(String runId) {
        return store.read(
                handle -> handle.createQuery("SELECT event FROM run_events WHERE run_id = :run ORDER BY sequence")
                        .bind("run", runId)
                        .map((row, context) -> event(row))
                        .list());
    }

    private static RunEvent event(ResultSet row) throws SQLException {
        try {
            return RunEvent.parseFrom(row.getBytes("event"));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("a row of run_events holds no RunEvent", e);
        }
    }

    @Override
    public CompletableFuture<Run> append(String runId, List<RunEvent> events) {
        List<byte[]> serialised = serialised(events);
        return change(handle -> append(handle, own(handle, runId), events, serialised));
    }

    @Override
    public CompletableFuture<Run> adopt(Run run, List<RunEvent> events) {
        List<byte[]> serialised = serialised(events);
        return change(handle -> {
            RunTable.insert(handle, run);
            return append(handle, require(handle, run.id()), events, serialised);
        });
    }

    /** By whoever brings them: the writer's thread is what all wait for. */
    private static List<byte[]> serialised(List<RunEvent> events) {
        return events.stream().map(RunEvent::toByteArray).toList();
    }

    private Change append(Handle handle, Run before, List<RunEvent> events, List<byte[]> serialised) {
        Run run = before;
        Optional<String> step = Optional.empty();
        List<byte[]> fresh = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            RunEvent event = events.get(i);
            if (event.getSequence() <= run.lastSequence()) {
                continue;
            }
            run = RunProjection.apply(run, event);
            fresh.add(serialised.get(i));
            if (event.hasStep()) {
                step = Optional.of(event.getStep().getName());
            }
        }
        if (run.lastSequence() == before.lastSequence()) {
            return new Change(run, false);
        }
        writes.append(handle, before, run, fresh, step);
        return new Change(run, true);
    }

    @Override
    public CompletableFuture<Run> allowReboot(String runId, int step) {
        return change(handle -> {
            Run run = require(handle, runId);
            Run allowed = RunProjection.allowReboot(run, step);
            if (allowed.equals(run)) {
                return new Change(run, false);
            }
            RunTable.update(handle, run, allowed);
            return new Change(allowed, true);
        });
    }

    @Override
    public CompletableFuture<Run> conclude(String runId, RunState state, String reason) {
        return change(handle -> {
            Run run = require(handle, runId);
            if (RunStates.ended(run.state())) {
                return new Change(run, false);
            }
            Run concluded = RunProjection.conclude(run, state, reason, clock.instant());
            RunTable.update(handle, run, concluded);
            return new Change(concluded, true);
        });
    }

    @Override
    public CompletableFuture<Run> outputStored(String runId, long size) {
        return store.write(handle -> {
            handle.createUpdate("UPDATE runs SET output_size = :size WHERE id = :id AND output_size < :size")
                    .bind("size", size)
                    .bind("id", runId)
                    .execute();
            return require(handle, runId);
        });
    }

    @Override
    public void requestCancel(String runId, CancelRun.Mode mode, String reason) {
        store.writeNow(handle -> handle.createUpdate(
                        "UPDATE runs SET cancel_mode = :mode, cancel_reason = :reason WHERE id = :id AND open = :open")
                .bind("mode", mode.name())
                .bind("reason", reason)
                .bind("id", runId)
                .bind("open", true)
                .execute());
    }

    @Override
    public Map<String, OpenRuns> openOn(Collection<String> hostIds) {
        return store.read(handle -> {
            Map<String, OpenRuns> open = new HashMap<>();
            for (List<String> some : parts(List.copyOf(hostIds))) {
                handle
                        .createQuery(
                                RunTable.SELECT + "WHERE host_id IN (<hosts>) AND open = :open ORDER BY offered_at, id")
                        .bindList("hosts", some)
                        .bind("open", true)
                        .map((row, context) -> new Opened(RunTable.read(row), RunTable.cancel(row)))
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(one -> one.run().hostId()))
                        .forEach((host, all) -> open.put(host, opened(all)));
            }
            return open;
        });
    }

    private record Opened(Run run, Optional<CancelRequest> cancel) {}

    private static OpenRuns opened(List<Opened> all) {
        return new OpenRuns(
                all.stream().map(Opened::run).toList(),
                all.stream().flatMap(one -> one.cancel().stream()).toList());
    }

    @Override
    public Map<String, String> steps(List<String> runIds) {
        return store.read(handle -> {
            Map<String, String> steps = new HashMap<>();
            for (List<String> some : parts(runIds)) {
                handle.createQuery("SELECT id, step FROM runs WHERE id IN (<ids>) AND step <> ''")
                        .bindList("ids", some)
                        .map((row, context) -> Map.entry(row.getString("id"), row.getString("step")))
                        .forEach(step -> steps.put(step.getKey(), step.getValue()));
            }
            return steps;
        });
    }

    private CompletableFuture<Run> change(Function<Handle, Change> work) {
        return store.write(work, change -> {
                    if (change.changed()) {
                        listener.runChanged(change.run());
                    }
                })
                .thenApply(Change::run);
    }

    private Run own(Handle handle, String runId) {
        return writes.find(handle, runId).orElseThrow(() -> new UnknownRunException(runId));
    }

    private static Run require(Handle handle, String runId) {
        return RunTable.find(handle, runId).orElseThrow(() -> new UnknownRunException(runId));
    }

    private record Change(Run run, boolean changed) {}
}
