package dev.drydock.controller.compliance;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One host's line.
 *
 * @param host its name
 * @param pendingTotal updates, security ones among them
 * @param oldestAge of the pending security update that the host has seen for longest
 * @param oldestPackage its name; empty: none pending
 * @param lastOutcome of the newest run that has ended; empty: none has
 * @param reason why the state is unknown, else that run's reason
 * @param agentlessSeen when somebody looked at it, for a host without an agent
 */
public record HostCompliance(
        String id,
        String host,
        Map<String, String> labels,
        ComplianceState state,
        int pendingSecurity,
        int pendingTotal,
        Optional<Duration> oldestAge,
        String oldestPackage,
        boolean rebootRequired,
        Optional<Instant> lastSeen,
        Optional<RunState> lastOutcome,
        String reason,
        Optional<Instant> agentlessSeen) {
    public HostCompliance {
        labels = Map.copyOf(labels);
    }
}
