package dev.drydock.controller.compliance;

import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.time.Instant;
import java.util.Optional;

/**
 * What the report says of a host's updates, without the clock.
 *
 * @param oldest when the security update came on offer that the host has seen for longest; empty: none is pending
 * @param oldestPackage its name
 */
record PendingUpdates(int security, int total, Optional<Instant> oldest, String oldestPackage) {
    static PendingUpdates of(Host facts) {
        int security = 0;
        PendingUpdate oldest = null;
        for (PendingUpdate update : facts.getPackages().getPendingList()) {
            if (update.getSecurity()) {
                security++;
                oldest = oldest == null || firstSeen(update).isBefore(firstSeen(oldest)) ? update : oldest;
            }
        }
        return new PendingUpdates(
                security,
                facts.getPackages().getPendingCount(),
                Optional.ofNullable(oldest).map(PendingUpdates::firstSeen),
                oldest == null ? "" : oldest.getName());
    }

    /** An agent that does not say since when gets no grace for it: the age counts from the epoch. */
    private static Instant firstSeen(PendingUpdate update) {
        return Instant.ofEpochSecond(
                update.getFirstSeen().getSeconds(), update.getFirstSeen().getNanos());
    }
}
