package dev.drydock.controller.store;

import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.incident.AffectedHost;
import dev.drydock.controller.incident.Entry;
import dev.drydock.controller.incident.Incident;
import dev.drydock.controller.incident.IncidentAction;
import dev.drydock.controller.incident.IncidentState;
import dev.drydock.controller.incident.RunGroup;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The tables of incidents, for use inside a write or a read. */
final class IncidentRows {
    /** A statement takes so many parameters, and not any number. */
    private static final int AT_ONCE = 5_000;

    private IncidentRows() {}

    static Optional<Incident> find(Handle handle, long number) {
        return read(
                        handle,
                        handle.createQuery("SELECT * FROM incidents WHERE number = :number")
                                .bind("number", number))
                .stream()
                .findFirst();
    }

    /** @param incidents all columns, in the order that is wanted */
    static List<Incident> read(Handle handle, Query incidents) {
        List<Incident> bare = incidents.map((row, context) -> read(row)).list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<Long, List<AffectedHost>> hosts = new HashMap<>();
        for (int from = 0; from < bare.size(); from += AT_ONCE) {
            List<Incident> some = bare.subList(from, Math.min(bare.size(), from + AT_ONCE));
            hosts.putAll(hosts(handle, some.stream().map(Incident::number).toList()));
        }
        return bare.stream()
                .map(one -> one.with(hosts.getOrDefault(one.number(), List.of())))
                .toList();
    }

    private static Map<Long, List<AffectedHost>> hosts(Handle handle, List<Long> numbers) {
        Map<Long, List<AffectedHost>> hosts = new HashMap<>();
        handle.createQuery("""
                        SELECT incident_hosts.*, runs.state AS run_state, runs.reason AS run_reason,
                          runs.ended_at AS run_ended
                        FROM incident_hosts LEFT JOIN runs ON runs.id = incident_hosts.run_id
                        WHERE incident_hosts.incident IN (<numbers>) ORDER BY incident, position
                        """)
                .bindList("numbers", numbers)
                .map((row, context) -> Map.entry(row.getLong("incident"), host(row)))
                .forEach(entry -> hosts.computeIfAbsent(entry.getKey(), number -> new ArrayList<>())
                        .add(entry.getValue()));
        return hosts;
    }

    private static Incident read(ResultSet row) throws SQLException {
        String rollout = row.getString("rollout_id");
        return new Incident(
                row.getLong("number"),
                row.getString("title"),
                MaintenanceType.valueOf(row.getString("type")),
                new Cover(
                        Scope.valueOf(row.getString("scope")),
                        row.getString("contract"),
                        row.getString("client"),
                        row.getBoolean("included"),
                        Columns.optionalInstant(row, "response_due"),
                        Columns.optionalInstant(row, "fix_due")),
                rollout.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RunGroup(
                                rollout, row.getString("rollout"), row.getString("playbook"), row.getString("cause"))),
                IncidentState.valueOf(row.getString("state")),
                row.getString("opened_by"),
                Columns.instant(row, "opened_at"),
                Columns.optionalInstant(row, "responded_at"),
                Columns.optionalInstant(row, "resolved_at"),
                Columns.optionalInstant(row, "closed_at"),
                List.of());
    }

    private static AffectedHost host(ResultSet row) throws SQLException {
        String run = row.getString("run_id");
        return new AffectedHost(
                row.getString("host_id"),
                row.getString("host_name"),
                run == null
                        ? Optional.empty()
                        : Optional.of(new AffectedHost.FailedRun(
                                run,
                                RunState.valueOf(row.getString("run_state")),
                                row.getString("run_reason"),
                                Columns.optionalInstant(row, "run_ended"))));
    }

    static void insert(Handle handle, Incident incident, Optional<String> requestId) {
        handle.createUpdate("""
                        INSERT INTO incidents (number, request_id, title, type, scope, contract, client, included,
                          response_due, fix_due, rollout_id, rollout, playbook, cause, state, opened_by, opened_at)
                        VALUES (:number, :request, :title, :type, :scope, :contract, :client, :included,
                          :responseDue, :fixDue, :rolloutId, :rollout, :playbook, :cause, :state, :by, :at)
                        """)
                .bind("number", incident.number())
                .bind("request", requestId.orElse(null))
                .bind("title", incident.title())
                .bind("type", incident.type().name())
                .bind("scope", incident.cover().scope().name())
                .bind("contract", incident.cover().contract())
                .bind("client", incident.cover().client())
                .bind("included", incident.cover().included())
                .bind("responseDue", Columns.micros(incident.cover().responseDue()))
                .bind("fixDue", Columns.micros(incident.cover().fixDue()))
                .bind("rolloutId", incident.group().map(RunGroup::rolloutId).orElse(""))
                .bind("rollout", incident.group().map(RunGroup::rollout).orElse(""))
                .bind("playbook", incident.group().map(RunGroup::playbook).orElse(""))
                .bind("cause", incident.group().map(RunGroup::cause).orElse(""))
                .bind("state", incident.state().name())
                .bind("by", incident.openedBy())
                .bind("at", Columns.micros(incident.openedAt()))
                .execute();
    }

    static void update(Handle handle, Incident incident) {
        handle.createUpdate("""
                        UPDATE incidents SET state = :state, responded_at = :responded, resolved_at = :resolved,
                          closed_at = :closed
                        WHERE number = :number
                        """)
                .bind("number", incident.number())
                .bind("state", incident.state().name())
                .bind("responded", Columns.micros(incident.respondedAt()))
                .bind("resolved", Columns.micros(incident.resolvedAt()))
                .bind("closed", Columns.micros(incident.closedAt()))
                .execute();
    }

    static void add(Handle handle, long number, List<AffectedHost> hosts) {
        for (AffectedHost host : hosts) {
            handle.createUpdate("""
                            INSERT INTO incident_hosts (incident, position, host_id, host_name, run_id)
                            VALUES (:number, (SELECT COUNT(*) FROM incident_hosts WHERE incident = :number), :host, :name, :run)
                            """)
                    .bind("number", number)
                    .bind("host", host.id())
                    .bind("name", host.name())
                    .bind("run", host.run().map(AffectedHost.FailedRun::id).orElse(null))
                    .execute();
        }
    }

    static void add(Handle handle, long number, Entry entry) {
        handle.createUpdate("""
                        INSERT INTO incident_entries (incident, position, at, said_by, action, from_state, to_state, comment)
                        VALUES (:number, (SELECT COUNT(*) FROM incident_entries WHERE incident = :number), :at, :by,
                          :action, :from, :to, :comment)
                        """)
                .bind("number", number)
                .bind("at", Columns.micros(entry.at()))
                .bind("by", entry.by())
                .bind("action", entry.action().name())
                .bind("from", entry.from().map(IncidentState::name).orElse(""))
                .bind("to", entry.to().map(IncidentState::name).orElse(""))
                .bind("comment", entry.comment())
                .execute();
    }

    static List<Entry> log(Handle handle, long number) {
        return handle.createQuery("SELECT * FROM incident_entries WHERE incident = :number ORDER BY position")
                .bind("number", number)
                .map((row, context) -> new Entry(
                        Columns.instant(row, "at"),
                        row.getString("said_by"),
                        IncidentAction.valueOf(row.getString("action")),
                        state(row.getString("from_state")),
                        state(row.getString("to_state")),
                        row.getString("comment")))
                .list();
    }

    private static Optional<IncidentState> state(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(IncidentState.valueOf(name));
    }
}
