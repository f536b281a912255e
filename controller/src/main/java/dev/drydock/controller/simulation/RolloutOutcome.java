package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one rollout came to.
 *
 * @param number from 1, in the order of the releases
 * @param reason why it stands where it stands, as the decision words it
 * @param endedAt empty: it had not ended when the span did
 * @param hosts how many are in each bucket; none is missing, and they add up to its hosts
 * @param milestones how long after its release so many percent of its hosts were patched; those that never were are missing
 * @param caught what the failure threshold did, where it did
 */
public record RolloutOutcome(
        int number,
        Instant release,
        RolloutState state,
        String reason,
        Optional<Instant> endedAt,
        Map<Bucket, Integer> hosts,
        Map<Integer, Duration> milestones,
        List<OpeningUse> openings,
        Optional<Caught> caught) {
    public RolloutOutcome {
        hosts = java.util.Collections.unmodifiableMap(new EnumMap<>(hosts));
        milestones = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(milestones));
        openings = List.copyOf(openings);
    }

    /**
     * @param wave that it stood at
     * @param why which limit, in the decision's words
     * @param failed hosts that had failed
     * @param begun hosts that a run had been offered to by then
     * @param spared hosts that no run began on, before or after
     * @param wouldHaveFailed of the spared, those whose run would have failed by the same luck
     */
    public record Caught(Instant at, int wave, String why, int failed, int begun, int spared, int wouldHaveFailed) {}
}
