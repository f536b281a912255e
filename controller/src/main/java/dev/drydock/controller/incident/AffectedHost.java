package dev.drydock.controller.incident;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.Optional;

/**
 * A host of an incident.
 *
 * @param name when the incident was opened
 * @param run empty: it was opened by hand
 */
public record AffectedHost(String id, String name, Optional<FailedRun> run) {
    /** A run as it stands now: what its agent says later wins over {@code LOST}. */
    public record FailedRun(String id, RunState state, String reason, Optional<Instant> endedAt) {}
}
