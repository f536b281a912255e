package dev.drydock.controller.agents;

import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A host's durable record.
 *
 * @param facts as the agent last reported them, without what only the controller knows; empty until it first did
 * @param factsDigest of those facts; empty until then
 * @param lastSeen written now and then: {@link Presence} may know a later one
 */
public record HostRecord(
        String id,
        String name,
        Map<String, String> labels,
        Instant enrolledAt,
        Instant certificateExpiresAt,
        boolean revoked,
        boolean drained,
        boolean cloned,
        Optional<Host> facts,
        String factsDigest,
        Optional<Instant> lastSeen,
        Optional<Duration> clockSkew) {
    public HostRecord {
        labels = Map.copyOf(labels);
    }

    HostRecord with(boolean nowCloned) {
        return new HostRecord(
                id,
                name,
                labels,
                enrolledAt,
                certificateExpiresAt,
                revoked,
                drained,
                nowCloned,
                facts,
                factsDigest,
                lastSeen,
                clockSkew);
    }

    HostRecord with(String digest, Host reported) {
        return new HostRecord(
                id,
                name,
                labels,
                enrolledAt,
                certificateExpiresAt,
                revoked,
                drained,
                cloned,
                Optional.of(reported),
                digest,
                lastSeen,
                clockSkew);
    }

    HostRecord with(Optional<Instant> seen, Optional<Duration> skew) {
        return new HostRecord(
                id,
                name,
                labels,
                enrolledAt,
                certificateExpiresAt,
                revoked,
                drained,
                cloned,
                facts,
                factsDigest,
                seen,
                skew);
    }
}
