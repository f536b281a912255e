package dev.drydock.controller.store;

import dev.drydock.controller.incident.AffectedHost;
import dev.drydock.controller.incident.ContractChange;
import dev.drydock.controller.incident.CountedRun;
import dev.drydock.controller.incident.EndedRun;
import dev.drydock.controller.incident.Entry;
import dev.drydock.controller.incident.Incident;
import dev.drydock.controller.incident.IncidentAction;
import dev.drydock.controller.incident.IncidentFilter;
import dev.drydock.controller.incident.IncidentState;
import dev.drydock.controller.incident.IncidentStore;
import dev.drydock.controller.incident.NewIncident;
import dev.drydock.controller.incident.RunGroup;
import dev.drydock.controller.incident.UnknownIncidentException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Incidents in SQL. */
public final class SqlIncidents implements IncidentStore {
    private final Store store;

    public SqlIncidents(Store store) {
        this.store = store;
    }

    @Override
    public List<EndedRun> uncounted(int most) {
        return store.read(handle -> CountedRuns.uncounted(handle, most));
    }

    @Override
    public void counted(List<EndedRun> runs, List<ContractChange> changes) {
        int unused = store.writeNow(handle -> {
            CountedRuns.counted(handle, runs, changes);
            return runs.size();
        });
    }

    @Override
    public List<EndedRun> withoutIncident(int most) {
        return store.read(handle -> CountedRuns.withoutIncident(handle, most));
    }

    @Override
    public Optional<Incident> take(NewIncident asked) {
        AffectedHost host = asked.hosts().getFirst();
        String run = host.run().orElseThrow().id();
        return store.writeNow(handle -> {
            if (taken(handle, run)) {
                return Optional.empty();
            }
            Optional<Long> there = live(handle, asked);
            there.ifPresent(number -> {
                IncidentRows.add(handle, number, asked.hosts());
                IncidentRows.add(handle, number, entry(asked, IncidentAction.JOIN_RUN, Optional.empty()));
            });
            long number = there.orElseGet(() -> insert(handle, asked));
            handle.execute("UPDATE runs SET incident = ? WHERE id = ?", number, run);
            return IncidentRows.find(handle, number);
        });
    }

    private static boolean taken(Handle handle, String run) {
        return handle.createQuery("SELECT COUNT(*) FROM runs WHERE id = :run AND incident IS NOT NULL")
                        .bind("run", run)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** The incident that a run of this group belongs to. */
    private static Optional<Long> live(Handle handle, NewIncident asked) {
        RunGroup group = asked.group().orElseThrow();
        return handle.createQuery("""
                        SELECT number FROM incidents
                        WHERE rollout_id = :rollout AND contract = :contract AND type = :type AND cause = :cause
                          AND state IN ('OPEN', 'RESPONDED', 'HANDED_OVER')
                        ORDER BY number DESC LIMIT 1
                        """)
                .bind("rollout", group.rolloutId())
                .bind("contract", asked.cover().contract())
                .bind("type", asked.type().name())
                .bind("cause", group.cause())
                .mapTo(Long.class)
                .findOne();
    }

    private static long insert(Handle handle, NewIncident asked) {
        long number = handle.createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM incidents")
                .mapTo(Long.class)
                .one();
        Incident incident = new Incident(
                number,
                asked.title(),
                asked.type(),
                asked.cover(),
                asked.group(),
                IncidentState.OPEN,
                asked.openedBy(),
                asked.at(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                asked.hosts());
        IncidentRows.insert(handle, incident, asked.requestId());
        IncidentRows.add(handle, number, asked.hosts());
        IncidentRows.add(handle, number, entry(asked, IncidentAction.OPEN, Optional.of(IncidentState.OPEN)));
        return number;
    }

    private static Entry entry(NewIncident asked, IncidentAction action, Optional<IncidentState> to) {
        return new Entry(asked.at(), asked.openedBy(), action, Optional.empty(), to, asked.comment());
    }

    @Override
    public Incident open(NewIncident asked) {
        return store.writeNow(handle -> {
            Optional<Long> there = asked.requestId()
                    .flatMap(request -> handle.createQuery("SELECT number FROM incidents WHERE request_id = :request")
                            .bind("request", request)
                            .mapTo(Long.class)
                            .findOne());
            long number = there.orElseGet(() -> insert(handle, asked));
            return IncidentRows.find(handle, number).orElseThrow();
        });
    }

    @Override
    public Optional<Incident> find(long number) {
        return store.read(handle -> IncidentRows.find(handle, number));
    }

    @Override
    public List<Incident> list(IncidentFilter filter, int most) {
        return store.read(handle -> IncidentRows.read(
                handle,
                handle.createQuery("""
                                SELECT * FROM incidents
                                WHERE state IN (<states>) AND (:contract IS NULL OR contract = :contract)
                                  AND (:before IS NULL OR number < :before)
                                ORDER BY number DESC LIMIT :most
                                """)
                        .bindList(
                                "states",
                                filter.states().stream()
                                        .map(IncidentState::name)
                                        .toList())
                        .bind("contract", filter.contract().orElse(null))
                        .bind("before", filter.before().orElse(null))
                        .bind("most", most)));
    }

    @Override
    public List<Entry> log(long number) {
        return store.read(handle -> IncidentRows.log(handle, number));
    }

    @Override
    public Incident change(long number, Entry entry, UnaryOperator<Incident> change) {
        return store.writeNow(handle -> {
            Incident before =
                    IncidentRows.find(handle, number).orElseThrow(() -> new UnknownIncidentException("i-" + number));
            Incident after = change.apply(before);
            boolean moved = after.state() != before.state();
            IncidentRows.update(handle, after);
            IncidentRows.add(
                    handle,
                    number,
                    new Entry(
                            entry.at(),
                            entry.by(),
                            entry.action(),
                            moved ? Optional.of(before.state()) : Optional.empty(),
                            moved ? Optional.of(after.state()) : Optional.empty(),
                            entry.comment()));
            return after;
        });
    }

    @Override
    public Map<String, Evidence> evidence(long number) {
        return store.read(handle -> handle
                .createQuery("""
                        SELECT incident_hosts.run_id AS failed, later.id, later.ended_at
                        FROM incident_hosts JOIN runs AS failed ON failed.id = incident_hosts.run_id
                          JOIN runs AS later ON later.host_id = failed.host_id
                            AND later.playbook_name = failed.playbook_name AND later.state = 'SUCCEEDED'
                            AND later.offered_at > failed.offered_at
                        WHERE incident_hosts.incident = :number
                        ORDER BY later.offered_at, later.id
                        """)
                .bind("number", number)
                .map((row, context) -> Map.entry(
                        row.getString("failed"), new Evidence(row.getString("id"), Columns.instant(row, "ended_at"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (earlier, later) -> later)));
    }

    @Override
    public List<Incident> ofContract(String contract, Instant from, Instant to) {
        return store.read(handle -> IncidentRows.read(
                handle,
                handle.createQuery("""
                                SELECT * FROM incidents
                                WHERE contract = :contract AND opened_at >= :from AND opened_at < :to ORDER BY number
                                """)
                        .bind("contract", contract)
                        .bind("from", Columns.micros(from))
                        .bind("to", Columns.micros(to))));
    }

    @Override
    public List<CountedRun> runsOfContract(String contract, Instant from, Instant to) {
        return store.read(handle -> CountedRuns.ofContract(handle, contract, from, to));
    }
}
