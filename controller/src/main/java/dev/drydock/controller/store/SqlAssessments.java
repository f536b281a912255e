package dev.drydock.controller.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.controller.assessment.Assessment;
import dev.drydock.controller.assessment.AssessmentStore;
import dev.drydock.proto.facts.v1.Host;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Assessments in SQL. */
public final class SqlAssessments implements AssessmentStore {
    private final Store store;

    public SqlAssessments(Store store) {
        this.store = store;
    }

    @Override
    public List<Assessment> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM assessments ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public Optional<Assessment> find(String name) {
        return store.read(handle -> handle.createQuery("SELECT * FROM assessments WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> read(row))
                .findOne());
    }

    @Override
    public void put(Assessment assessment) {
        int unused = store.writeNow(handle -> handle.createUpdate("""
                        INSERT INTO assessments (name, facts, address, seen_at, seen_by)
                        VALUES (:name, :facts, :address, :seen, :by)
                        ON CONFLICT (name) DO UPDATE SET facts = excluded.facts, address = excluded.address,
                          seen_at = excluded.seen_at, seen_by = excluded.seen_by
                        """)
                .bind("name", assessment.name())
                .bind("facts", assessment.facts().toByteArray())
                .bind("address", assessment.address())
                .bind("seen", Columns.micros(assessment.seenAt()))
                .bind("by", assessment.seenBy())
                .execute());
    }

    @Override
    public boolean delete(String name) {
        return store.writeNow(handle -> handle.createUpdate("DELETE FROM assessments WHERE name = :name")
                        .bind("name", name)
                        .execute())
                > 0;
    }

    private static Assessment read(ResultSet row) throws SQLException {
        try {
            return new Assessment(
                    Host.parseFrom(row.getBytes("facts")),
                    row.getString("address"),
                    Columns.instant(row, "seen_at"),
                    row.getString("seen_by"));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("the facts of assessment " + row.getString("name") + " cannot be read", e);
        }
    }
}
