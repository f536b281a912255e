package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.MaintenanceType;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of contracts and incidents: as they are written, and as they are shown. */
final class IncidentWords {
    private static final String TYPE = "MAINTENANCE_";
    private static final String STATE = "INCIDENT_";

    private IncidentWords() {}

    /** {@code corrective}. */
    static String word(MaintenanceType type) {
        return type.name().replaceFirst("^" + TYPE, "").toLowerCase(Locale.ROOT);
    }

    /** {@code handed over}. */
    static String word(IncidentState state) {
        return state.name()
                .replaceFirst("^" + STATE, "")
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    static MaintenanceType type(String option, String written) {
        return Arrays.stream(MaintenanceType.values())
                .filter(type -> type.name().startsWith(TYPE) && type != MaintenanceType.MAINTENANCE_TYPE_UNSPECIFIED)
                .filter(type -> word(type).equals(written.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> CliException.usage(
                        option + ": '" + written + "' is no type of maintenance.",
                        "Write corrective, preventive, adaptive, perfective or emergency."));
    }

    static IncidentState state(@Nullable String written) {
        if (written == null) {
            return IncidentState.INCIDENT_STATE_UNSPECIFIED;
        }
        return Arrays.stream(IncidentState.values())
                .filter(state ->
                        state != IncidentState.INCIDENT_STATE_UNSPECIFIED && state != IncidentState.UNRECOGNIZED)
                .filter(state ->
                        word(state).equals(written.toLowerCase(Locale.ROOT).replace('-', ' ')))
                .findFirst()
                .orElseThrow(() -> CliException.usage(
                        "--state: '" + written + "' is no state.",
                        "Write open, responded, handed-over, resolved or closed."));
    }
}
