package dev.drydock.controller.compliance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The fleet at an instant.
 *
 * @param grace how long a security update may be pending before the host is late
 * @param rows by urgency: late ones first, the longest late first; then unknown, pending, compliant; then by name
 * @param rollouts newest first
 */
public record ComplianceReport(Instant at, Duration grace, List<HostCompliance> rows, List<RolloutSummary> rollouts) {
    public ComplianceReport {
        rows = List.copyOf(rows);
        rollouts = List.copyOf(rollouts);
    }

    public int count(ComplianceState state) {
        return (int) rows.stream().filter(row -> row.state() == state).count();
    }
}
