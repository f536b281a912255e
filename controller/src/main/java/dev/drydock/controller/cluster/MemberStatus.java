package dev.drydock.controller.cluster;

import java.time.Instant;
import java.util.Optional;

/**
 * A controller as the database knows it.
 *
 * @param leads whether it holds the lease
 * @param epoch of its term; empty when it does not lead
 * @param since when its term began
 * @param connections that it hands on, or serves itself: of agents
 */
public record MemberStatus(
        String name,
        String version,
        Instant startedAt,
        Instant seenAt,
        boolean leads,
        Optional<Long> epoch,
        Optional<Instant> since,
        int connections) {}
