package dev.drydock.controller.assessment;

import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;

/**
 * A host without an agent as it was seen.
 *
 * @param facts with a name and labels, without an id
 * @param address where it was reached, for people
 * @param seenBy name of a user
 */
public record Assessment(Host facts, String address, Instant seenAt, String seenBy) {
    /** What is older says nothing of the host any more. Somebody has to look, so it is longer than for an agent that went silent. */
    public static final Duration STALE_AFTER = Duration.ofDays(7);

    public String name() {
        return facts.getName();
    }

    public boolean stale(Instant now) {
        return seenAt.isBefore(now.minus(STALE_AFTER));
    }
}
