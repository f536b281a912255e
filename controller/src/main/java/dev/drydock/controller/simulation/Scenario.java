package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A fleet, its window and what is rolled out to it. Made by {@link ScenarioDraft#validate}, so that it is known to make sense.
 *
 * @param blackouts of the window's calendars
 * @param from when the span begins, inclusive
 * @param until when it ends, exclusive
 * @param releases when a new rollout is made, in order, inside the span; never empty
 * @param supersede a new rollout aborts the one before it
 * @param grain how exact virtual time is: what hosts do is taken in at whole multiples of it
 */
public record Scenario(
        List<HostGroup> groups,
        Window window,
        Blackouts blackouts,
        Strategy strategy,
        Instant from,
        Instant until,
        List<Instant> releases,
        boolean supersede,
        Duration grain,
        long seed) {
    public Scenario {
        groups = List.copyOf(groups);
        releases = List.copyOf(releases);
    }

    public int hosts() {
        return groups.stream().mapToInt(HostGroup::hosts).sum();
    }

    /** As controllers decide, with what the window's calendars say. */
    Decider decider() {
        return (rollout, event, now) -> RolloutMachine.decide(rollout, event, now, blackouts);
    }

    /** The same but for its window and strategy, and with one release alone. */
    Scenario alone(Instant release, Window other, Strategy otherStrategy) {
        return new Scenario(
                groups, other, blackouts, otherStrategy, from, until, List.of(release), supersede, grain, seed);
    }
}
