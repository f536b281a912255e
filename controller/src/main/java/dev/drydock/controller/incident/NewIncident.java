package dev.drydock.controller.incident;

import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One that is to be opened.
 *
 * @param requestId of the caller; empty: none, or it is opened for a run
 * @param hosts that of the run, where it is for one
 * @param comment of the log's first line
 */
public record NewIncident(
        Optional<String> requestId,
        String title,
        MaintenanceType type,
        Cover cover,
        Optional<RunGroup> group,
        String openedBy,
        Instant at,
        List<AffectedHost> hosts,
        String comment) {
    public NewIncident {
        hosts = List.copyOf(hosts);
    }
}
