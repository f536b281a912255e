package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import java.time.Instant;
import java.util.List;

/** Told of each durable decision, by the coordinator's thread: must return at once and not throw. */
@FunctionalInterface
public interface DecisionListener {
    /**
     * @param before as the rollout stood; of a new one: without anything decided
     * @param offers the runs that it offers
     * @param missed openings that passed without a use
     * @param durableAt when it was on record
     */
    void decided(Rollout before, Rollout after, List<Run> offers, int missed, Instant durableAt);
}
