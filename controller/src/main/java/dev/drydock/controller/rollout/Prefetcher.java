package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostFetches;
import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.rollout.FetchAsks.Ask;
import dev.drydock.controller.rollout.FetchAsks.Tally;
import dev.drydock.proto.agent.v1.Fetched;
import dev.drydock.proto.agent.v1.StepPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has hosts download what their rollouts need before the window opens. What comes of it is told in the log and is no rollout's
 * concern. Nothing of it is kept: after a restart hosts are asked again, which costs them a look at what they have.
 */
public final class Prefetcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Prefetcher.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** A host that is slower goes on, but is not waited for: its place is for others. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Supplier<List<Rollout>> rollouts;
    private final HostFetches hosts;
    private final InstantSource clock;
    private final FetchAsks asks;
    private final Map<String, Instant> before = new HashMap<>();
    private final Map<String, Integer> ready = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("prefetch").factory());

    /**
     * @param rollouts that have not ended, as they stand
     * @param lead before an opening; zero: nothing is fetched ahead
     */
    public Prefetcher(Supplier<List<Rollout>> rollouts, HostFetches hosts, Duration lead, InstantSource clock) {
        this.rollouts = rollouts;
        this.hosts = hosts;
        this.clock = clock;
        this.asks = new FetchAsks(lead, FetchAsks.MOST_AT_ONCE);
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::guarded, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            look();
        } catch (RuntimeException e) {
            log.error("hosts could not be asked to fetch ahead; again in {} s", LOOK.toSeconds(), e);
        }
    }

    void look() {
        Instant now = clock.instant();
        Map<String, Rollout> byId =
                rollouts.get().stream().collect(Collectors.toMap(Rollout::id, rollout -> rollout, (a, b) -> b));
        tellOfThoseThatOpened(byId, now);
        for (Ask ask : asks.next(byId.values(), now)) {
            Rollout rollout = Objects.requireNonNull(byId.get(ask.rolloutId()));
            before.put(ask.rolloutId(), ask.opens());
            hosts.fetch(
                            ask.hostId(),
                            rollout.plan().playbook().digest(),
                            rollout.plan().params(),
                            PATIENCE)
                    .thenAccept(answer -> onThread(() -> answered(rollout.name(), ask, answer)));
        }
    }

    private void answered(String rollout, Ask ask, HostPlan answer) {
        if (answer.isAway()) {
            asks.away(ask);
            return;
        }
        Optional<String> problem = problem(answer);
        asks.answered(ask, problem.isEmpty());
        if (problem.isEmpty() && ask.opens().equals(before.get(ask.rolloutId()))) {
            ready.merge(ask.rolloutId(), 1, Integer::sum);
        }
        problem.ifPresentOrElse(
                why -> log.info("rollout {}: {} has not fetched all ahead: {}", rollout, ask.hostId(), why),
                () -> log.debug("rollout {}: {} has fetched ahead", rollout, ask.hostId()));
        guarded();
    }

    /** On so many hosts of a rollout that waits for an opening all lies ready. Any thread. */
    public int ready(String rolloutId) {
        return ready.getOrDefault(rolloutId, 0);
    }

    /** Why not all that the playbook needs lies ready; the first reason stands for all. */
    private static Optional<String> problem(HostPlan answer) {
        if (!answer.answered()) {
            return Optional.of(answer.problem());
        }
        List<StepPlan> steps = answer.steps();
        if (steps.stream().noneMatch(StepPlan::hasFetched)) {
            return steps.isEmpty() ? Optional.empty() : Optional.of("its agent does not know how to");
        }
        return steps.stream()
                .map(StepPlan::getFetched)
                .map(Fetched::getReason)
                .filter(reason -> !reason.isEmpty())
                .findFirst();
    }

    private void tellOfThoseThatOpened(Map<String, Rollout> byId, Instant now) {
        before.entrySet().removeIf(entry -> {
            Rollout rollout = byId.get(entry.getKey());
            if (rollout != null && now.isBefore(entry.getValue())) {
                return false;
            }
            if (rollout != null) {
                Tally tally = asks.tally(rollout, entry.getValue());
                log.info(
                        "rollout {}: fetched ahead of the opening at {} on {} of {} hosts, {} were asked",
                        rollout.name(),
                        entry.getValue(),
                        tally.ready(),
                        tally.hosts(),
                        tally.asked());
            }
            ready.remove(entry.getKey());
            return true;
        });
    }

    private void onThread(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            log.debug("an answer came while the controller stops");
        }
    }

    /** What hosts are at they finish; nobody waits for it. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
