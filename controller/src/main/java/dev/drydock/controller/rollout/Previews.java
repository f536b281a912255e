package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostPlans;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.Openings;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Shows what a rollout would be and do. Changes nothing. Thread-safe; waits for hosts. */
public final class Previews {
    /** Of so many hosts at most it is asked what would change; of a larger fleet the first ones, by wave, stand for the rest. */
    private static final int MOST_ASKED = 500;

    private static final int RUNS = 200;
    private static final int FEWEST_RUNS = 5;

    private final Planning planning;
    private final Blackouts.Source blackouts;
    private final HostPlans hosts;
    private final RunStore runs;
    private final InstantSource clock;

    public Previews(
            Planning planning, Blackouts.Source blackouts, HostPlans hosts, RunStore runs, InstantSource clock) {
        this.planning = planning;
        this.blackouts = blackouts;
        this.hosts = hosts;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * @param patience how long hosts are waited for
     * @throws InvalidRolloutException with everything that is wrong with it
     */
    public RolloutPreview of(RolloutDraft draft, Duration patience) throws InvalidRolloutException {
        RolloutPlan plan = planning.plan(draft);
        return preview(plan, plan.hosts(), Optional.empty(), ids(plan.hosts()), patience);
    }

    private static List<String> ids(List<PlannedHost> hosts) {
        return hosts.stream().map(PlannedHost::id).limit(MOST_ASKED).toList();
    }

    private RolloutPreview preview(
            RolloutPlan plan,
            List<PlannedHost> left,
            Optional<Instant> usedThrough,
            List<String> asked,
            Duration patience) {
        Instant now = Micros.now(clock);
        Openings openings = new Openings(plan.window(), blackouts.get());
        List<Duration> times = times(plan.playbook().name());
        return new RolloutPreview(
                plan,
                openings.usable(now, usedThrough),
                hosts.ask(asked, plan.playbook().digest(), plan.params(), patience),
                times.size(),
                share(times, 0.5),
                share(times, 0.5).map(took -> Forecast.of(plan, left, openings, usedThrough, took, now)),
                share(times, 0.95).map(took -> Forecast.of(plan, left, openings, usedThrough, took, now)));
    }

    /**
     * Of a rollout that is there: what is left of it.
     *
     * @param left hosts that it has still to change
     * @param asked those that are asked what would change on them
     * @param patience how long they are waited for
     */
    public RolloutPreview of(Rollout rollout, List<PlannedHost> left, List<PlannedHost> asked, Duration patience) {
        RolloutPlan plan = rollout.plan();
        return preview(plan, left, rollout.usedThrough(), ids(asked), patience);
    }

    /** Of runs that succeeded, shortest first. */
    private List<Duration> times(String playbook) {
        return runs.ended(playbook, RUNS).stream()
                .filter(run -> run.state() == RunState.SUCCEEDED
                        && run.startedAt().isPresent()
                        && run.endedAt().isPresent())
                .map(Previews::took)
                .sorted()
                .toList();
    }

    private static Duration took(Run run) {
        return Duration.between(run.startedAt().orElseThrow(), run.endedAt().orElseThrow());
    }

    private static Optional<Duration> share(List<Duration> sorted, double share) {
        return sorted.size() < FEWEST_RUNS
                ? Optional.empty()
                : Optional.of(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
