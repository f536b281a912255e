package dev.drydock.controller.metrics;

import dev.drydock.controller.rollout.DecisionListener;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** How rollouts stand, and the runs that they have open. */
public final class RolloutMeters implements DecisionListener {
    /** A rollout may have as many hosts as the fleet. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Map<RolloutState, Counter> ended = new EnumMap<>(RolloutState.class);
    private final Counter missed;

    public RolloutMeters(Registry registry, RolloutDirectory rollouts, LongSupplier nanos) {
        MeterRegistry meters = registry.meters();
        Aged<Standing> standing = new Aged<>(() -> Standing.of(rollouts.live()), EVERY, nanos);
        for (RolloutState state : RolloutState.values()) {
            if (state.ended()) {
                ended.put(
                        state,
                        Counter.builder("drydock.rollouts.ended")
                                .description(
                                        "Rollouts that have ended, by how. One whose hosts are tried again may end again.")
                                .tag("state", Words.of(state))
                                .register(meters));
            } else {
                gauge(
                        meters,
                        "drydock.rollouts",
                        "Rollouts that have not ended, by state.",
                        Words.of(state),
                        standing,
                        now -> now.rollouts().getOrDefault(state, 0));
            }
        }
        for (RunState state : RunState.values()) {
            if (state != RunState.RUN_STATE_UNSPECIFIED && state != RunState.UNRECOGNIZED && !RunStates.ended(state)) {
                gauge(
                        meters,
                        "drydock.runs",
                        "Runs of rollouts that are offered or under way, by state.",
                        Words.of(state),
                        standing,
                        now -> now.runs().getOrDefault(state, 0));
            }
        }
        Gauge.builder("drydock.rollouts.waiting.hosts", () -> standing.number(Standing::waiting))
                .description("Hosts of rollouts that have not ended to which a run is still to be offered.")
                .register(meters);
        missed = Counter.builder("drydock.window.openings.missed")
                .description("Openings of windows that passed while a rollout waited for them and could not use them.")
                .register(meters);
    }

    private static void gauge(
            MeterRegistry meters,
            String name,
            String description,
            String state,
            Aged<Standing> standing,
            ToDoubleFunction<Standing> number) {
        Gauge.builder(name, () -> standing.number(number))
                .description(description)
                .tag("state", state)
                .register(meters);
    }

    @Override
    public void decided(Rollout before, Rollout after, List<Run> offers, int openingsMissed, Instant durableAt) {
        missed.increment(openingsMissed);
        Counter counter = ended.get(after.state());
        if (counter != null && before.state() != after.state()) {
            counter.increment();
        }
    }

    private record Standing(Map<RolloutState, Integer> rollouts, Map<RunState, Integer> runs, int waiting) {
        static Standing of(List<Rollout> live) {
            Map<RolloutState, Integer> rollouts = new EnumMap<>(RolloutState.class);
            Map<RunState, Integer> runs = new EnumMap<>(RunState.class);
            int waiting = 0;
            for (Rollout rollout : live) {
                rollouts.merge(rollout.state(), 1, Integer::sum);
                for (HostProgress host : rollout.hosts()) {
                    if (host.open()) {
                        runs.merge(host.state(), 1, Integer::sum);
                    } else if (host.waiting() && !rollout.state().ended()) {
                        waiting++;
                    }
                }
            }
            return new Standing(rollouts, runs, waiting);
        }
    }
}
