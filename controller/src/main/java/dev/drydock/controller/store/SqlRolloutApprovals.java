package dev.drydock.controller.store;

import dev.drydock.controller.rollout.Approval;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table {@code rollout_approvals}, for use inside a write or a read. What was approved once stays so. */
final class SqlRolloutApprovals {
    private SqlRolloutApprovals() {}

    static void save(Handle handle, String rolloutId, List<Approval> approvals) {
        for (Approval approval : approvals) {
            handle.createUpdate("""
                INSERT INTO rollout_approvals (rollout_id, wave, approved_by, approved_at, comment)
                VALUES (:rollout, :wave, :by, :at, :comment) ON CONFLICT (rollout_id, wave) DO NOTHING
                """)
                    .bind("rollout", rolloutId)
                    .bind("wave", approval.wave())
                    .bind("by", approval.by())
                    .bind("at", Columns.micros(approval.at()))
                    .bind("comment", approval.comment())
                    .execute();
        }
    }

    /** By wave. */
    static List<Approval> read(Handle handle, String rolloutId) {
        return handle.createQuery("SELECT * FROM rollout_approvals WHERE rollout_id = :rollout ORDER BY wave")
                .bind("rollout", rolloutId)
                .map((row, context) -> read(row))
                .list();
    }

    private static Approval read(ResultSet row) throws SQLException {
        return new Approval(
                row.getInt("wave"),
                row.getString("approved_by"),
                Columns.instant(row, "approved_at"),
                row.getString("comment"));
    }

    /** By the rollout's id. */
    static Map<String, List<Approval>> all(Handle handle) {
        return handle.createQuery("SELECT * FROM rollout_approvals ORDER BY rollout_id, wave")
                .map((row, context) -> Map.entry(row.getString("rollout_id"), read(row)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
