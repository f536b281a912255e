package dev.drydock.controller.alert;

import java.time.Instant;
import java.util.List;

/** Rollouts that are over. Implemented by the store. */
@FunctionalInterface
public interface EndedRollouts {
    /** Those that ended at this time or later. */
    List<Ended> since(Instant from);

    /** @param at another time, when it went on and ended again */
    record Ended(String rolloutId, Instant at) {}
}
