package dev.drydock.controller.agents;

import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A host as the controller knows it now.
 *
 * @param facts with the controller's id, name and labels; without the rest until the agent first reported
 * @param clockSkew the agent's clock less the controller's
 */
public record HostView(
        Host facts,
        boolean online,
        Optional<Instant> lastSeen,
        Instant enrolledAt,
        Instant certificateExpiresAt,
        boolean revoked,
        boolean drained,
        boolean cloned,
        Optional<Duration> clockSkew) {
    public String id() {
        return facts.getId();
    }

    public String name() {
        return facts.getName();
    }
}
