package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.window.Opening;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A rollout before it is real.
 *
 * @param hosts by id: what each says it would change
 * @param runsKnown how many runs of this playbook the forecasts rest on; with few there are none
 * @param typical when hosts take as long as half of them did
 * @param slow when all take as long as one in twenty did
 */
public record RolloutPreview(
        RolloutPlan plan,
        Optional<Opening> opening,
        Map<String, HostPlan> hosts,
        int runsKnown,
        Optional<Duration> took,
        Optional<Forecast> typical,
        Optional<Forecast> slow) {
    public RolloutPreview {
        hosts = Map.copyOf(hosts);
    }

    public World world() {
        return World.of(plan, opening, hosts);
    }
}
