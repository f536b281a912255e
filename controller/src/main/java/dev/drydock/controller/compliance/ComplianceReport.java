package dev.drydock.controller.compliance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The fleet at an instant.
 *
 * @param grace how long a security update may be pending before the host is late
 * @param hosts all of the report, also those of other pages
 * @param counts of these, by how they stand
 * @param rows by urgency: late ones first, the longest late first; then unknown, pending, compliant; then by name; some or all
 * @param next where the rows after these begin; 0: there are none
 * @param rollouts newest first
 */
public record ComplianceReport(
        Instant at,
        Duration grace,
        int hosts,
        Map<ComplianceState, Integer> counts,
        List<HostCompliance> rows,
        int next,
        List<RolloutSummary> rollouts) {
    public ComplianceReport {
        counts = Map.copyOf(counts);
        rows = List.copyOf(rows);
        rollouts = List.copyOf(rollouts);
    }

    public int count(ComplianceState state) {
        return counts.getOrDefault(state, 0);
    }
}
