package dev.drydock.controller.store;

import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * How far a database's schema is, beside what this program knows.
 *
 * @param version that it is at; empty: it has no tables yet
 * @param known the newest that this program knows
 * @param pending how many steps this program would take
 * @param newer whether it has steps that this program does not know
 * @param failed whether a step was left in the middle
 */
public record SchemaState(Optional<String> version, String known, int pending, boolean newer, boolean failed) {
    static SchemaState of(MigrationInfoService schema) {
        MigrationInfo[] applied = schema.applied();
        return new SchemaState(
                Arrays.stream(applied)
                        .map(MigrationInfo::getVersion)
                        .filter(version -> version != null)
                        .max(java.util.Comparator.naturalOrder())
                        .map(Object::toString),
                Arrays.stream(schema.all())
                        .filter(step -> step.getState() != MigrationState.FUTURE_SUCCESS
                                && step.getState() != MigrationState.FUTURE_FAILED)
                        .map(MigrationInfo::getVersion)
                        .filter(version -> version != null)
                        .max(java.util.Comparator.naturalOrder())
                        .map(Object::toString)
                        .orElse("0"),
                schema.pending().length,
                Arrays.stream(applied).anyMatch(step -> step.getState() == MigrationState.FUTURE_SUCCESS),
                Arrays.stream(applied).anyMatch(step -> step.getState().isFailed()));
    }

    /** Whether this program would change a database that is in use. */
    public boolean upgradePending() {
        return version.isPresent() && pending > 0;
    }
}
