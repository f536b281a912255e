package dev.drydock.controller.simulation;

import java.time.Instant;
import java.util.List;

/**
 * What a scenario came to.
 *
 * @param neverPatched hosts that no rollout of the span patched
 * @param upToDate the share of hosts with the newest release's patches over the span, at even intervals
 * @param decisions how often the decision function was asked
 */
public record SimulationResult(
        Scenario scenario,
        List<RolloutOutcome> rollouts,
        int neverPatched,
        List<Point> upToDate,
        List<Advice> advice,
        long decisions) {
    public SimulationResult {
        rollouts = List.copyOf(rollouts);
        upToDate = List.copyOf(upToDate);
        advice = List.copyOf(advice);
    }

    /** @param share from 0 to 1 */
    public record Point(Instant at, double share) {}
}
