package dev.drydock.controller.store;

import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.incident.Bucket;
import dev.drydock.controller.incident.ContractChange;
import dev.drydock.controller.incident.CountedRun;
import dev.drydock.controller.incident.EndedRun;
import dev.drydock.proto.agent.v1.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What contracts and incidents keep with the table {@code runs}, for use inside a write or a read. */
final class CountedRuns {
    /** Word for word as the partial indexes of V17 have it: no other query would use them. */
    private static final String UNCOUNTED = "runs.counted = FALSE AND runs.open = FALSE";

    private static final String WITHOUT_INCIDENT =
            "runs.incident IS NULL AND runs.state IN ('ROLLED_BACK', 'ROLLBACK_FAILED', 'LOST')";

    private static final String ENDED = """
            SELECT runs.id, runs.host_id, runs.rollout_id, runs.playbook_name, runs.playbook_version, runs.state,
              runs.reason, runs.ended_at, runs.offered_at, playbooks.maintenance, rollouts.name AS rollout_name, rollouts.emergency
            FROM runs LEFT JOIN playbooks ON playbooks.digest = runs.playbook_digest
              LEFT JOIN rollouts ON rollouts.id = runs.rollout_id
            WHERE %s ORDER BY runs.ended_at LIMIT :most
            """;

    private CountedRuns() {}

    static List<EndedRun> uncounted(Handle handle, int most) {
        return ended(handle, UNCOUNTED, most);
    }

    static List<EndedRun> withoutIncident(Handle handle, int most) {
        return ended(handle, WITHOUT_INCIDENT, most);
    }

    private static List<EndedRun> ended(Handle handle, String condition, int most) {
        return handle.createQuery(ENDED.formatted(condition))
                .bind("most", most)
                .map((row, context) -> new EndedRun(
                        row.getString("id"),
                        row.getString("host_id"),
                        row.getString("rollout_id"),
                        rollout(row),
                        playbook(row),
                        type(row),
                        RunState.valueOf(row.getString("state")),
                        row.getString("reason"),
                        Columns.optionalInstant(row, "ended_at").orElse(Columns.instant(row, "offered_at"))))
                .list();
    }

    private static String rollout(ResultSet row) throws SQLException {
        String name = row.getString("rollout_name");
        return name == null ? row.getString("rollout_id") : name;
    }

    private static String playbook(ResultSet row) throws SQLException {
        return row.getString("playbook_name") + "@" + row.getInt("playbook_version");
    }

    /** A playbook that is not on record (of a run that an agent told of) is what the language takes where none is written. */
    private static MaintenanceType type(ResultSet row) throws SQLException {
        if (row.getString("emergency") != null) {
            return MaintenanceType.EMERGENCY;
        }
        String maintenance = row.getString("maintenance");
        return maintenance == null ? MaintenanceType.PREVENTIVE : MaintenanceType.valueOf(maintenance);
    }

    static void counted(Handle handle, List<EndedRun> runs, List<ContractChange> changes) {
        try (Rows rows = new Rows(handle, "UPDATE runs SET counted = TRUE WHERE id = ?")) {
            runs.forEach(run -> rows.text(run.id()).add());
        }
        for (ContractChange change : changes) {
            handle.createUpdate("""
                            INSERT INTO contract_changes (run_id, contract, type, scope, included)
                            VALUES (:run, :contract, :type, :scope, :included) ON CONFLICT (run_id) DO NOTHING
                            """)
                    .bind("run", change.runId())
                    .bind("contract", change.cover().contract())
                    .bind("type", change.type().name())
                    .bind("scope", change.cover().scope().name())
                    .bind("included", change.cover().included())
                    .execute();
        }
    }

    static List<CountedRun> ofContract(Handle handle, String contract, Instant from, Instant to) {
        return handle.createQuery("""
                        SELECT runs.*, rollouts.name AS rollout_name, contract_changes.type, contract_changes.scope,
                          contract_changes.included
                        FROM contract_changes JOIN runs ON runs.id = contract_changes.run_id
                          LEFT JOIN rollouts ON rollouts.id = runs.rollout_id
                        WHERE contract_changes.contract = :contract AND runs.started_at IS NOT NULL
                          AND runs.ended_at >= :from AND runs.ended_at < :to
                        """)
                .bind("contract", contract)
                .bind("from", Columns.micros(from))
                .bind("to", Columns.micros(to))
                .map((row, context) -> new CountedRun(
                        row.getString("host_id"),
                        rollout(row),
                        playbook(row),
                        new Bucket(
                                MaintenanceType.valueOf(row.getString("type")),
                                Scope.valueOf(row.getString("scope")) == Scope.IN_SCOPE,
                                row.getBoolean("included")),
                        RunState.valueOf(row.getString("state"))))
                .list();
    }
}
