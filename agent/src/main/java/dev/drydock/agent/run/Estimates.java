package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.StepTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How much of a window is kept free for a step: what this host's history says, or else that of hosts like it, within what the
 * playbook and the action say. Pure.
 *
 * <p>The way forward may be taken for shorter than it can be, since it is cut short when its time is up, and the way back begins.
 * The way back is cut short by nothing, so it is never taken for shorter than its limit.
 *
 * @param forward of applying and verifying, by the position of a step; empty where the history says nothing
 * @param back of the way back, likewise
 */
record Estimates(Function<Integer, Optional<Duration>> forward, Function<Integer, Optional<Duration>> back) {
    /** What a step takes at least, so that a history of quick times leaves room for a slow one. */
    static final Duration FLOOR = Duration.ofMinutes(1);

    static final Estimates NONE = new Estimates(step -> Optional.empty(), step -> Optional.empty());

    /** @param keys by the position of a step */
    static Estimates of(History history, Function<Integer, String> keys) {
        return new Estimates(
                step -> {
                    Optional<Duration> apply = history.p95(new History.Key(keys.apply(step), History.Phase.APPLY));
                    Optional<Duration> verify = history.p95(new History.Key(keys.apply(step), History.Phase.VERIFY));
                    return apply.flatMap(a -> verify.map(a::plus));
                },
                step -> history.p95(new History.Key(keys.apply(step), History.Phase.ROLLBACK)));
    }

    /**
     * What the controller told of other hosts.
     *
     * @param times of the playbook's steps, by name and action
     */
    static Estimates told(List<StepTime> times, Program program) {
        Function<Integer, Optional<StepTime>> told = index -> {
            BoundStep step = program.steps().get(index);
            return times.stream()
                    .filter(time -> time.getStep().equals(step.name())
                            && time.getAction().equals(step.action().name()))
                    .findFirst();
        };
        return new Estimates(
                step -> told.apply(step).filter(StepTime::hasForward).map(time -> Instants.of(time.getForward())),
                step -> told.apply(step).filter(StepTime::hasBack).map(time -> Instants.of(time.getBack())));
    }

    /** These, and where they say nothing of the way forward, the others. Of the way back the longer counts. */
    Estimates or(Estimates others) {
        return new Estimates(step -> forward.apply(step).or(() -> others.forward.apply(step)), step -> Stream.of(
                        back.apply(step), others.back.apply(step))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder()));
    }

    /** @param written the playbook's own timeout, which is the author's word: it is never taken for less */
    Duration forward(int index, BoundStep step, Optional<Duration> written) {
        Duration least = written.orElse(longer(FLOOR, step.action().leastTimeout()));
        return forward.apply(index).map(took -> longer(took, least)).orElse(step.timeout());
    }

    Duration back(int index, BoundStep step) {
        return back.apply(index)
                .map(took -> longer(took, step.rollbackTimeout()))
                .orElse(step.rollbackTimeout());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
