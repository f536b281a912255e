package dev.drydock.agent.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long steps took on this host, the last times that they succeeded. Immutable and bounded: the last {@value #MOST} durations
 * of each thing that was done, and of the {@value #MOST_KEYS} things that were done latest. Pure.
 *
 * @param durations oldest first
 */
record History(Map<Key, Past> durations) {
    /** So many make a percentile of 95 in a hundred mean something, and are forgotten soon enough when a host changes. */
    static final int MOST = 20;

    /** With fewer nothing is estimated. */
    static final int FEWEST = 5;

    static final int MOST_KEYS = 600;

    static final History NONE = new History(Map.of());

    History {
        durations = Map.copyOf(durations);
    }

    /** What is done with a step. */
    enum Phase {
        APPLY,
        VERIFY,
        ROLLBACK
    }

    /** @param step tells steps of playbooks apart, over their versions; without white space */
    record Key(String step, Phase phase) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byStep = step.compareTo(other.step);
            return byStep != 0 ? byStep : phase.compareTo(other.phase);
        }
    }

    /** @param order of what was done latest: greater than that of all that was done before */
    record Past(long order, List<Duration> took) {
        Past {
            took = List.copyOf(took);
        }
    }

    History with(Key key, Duration took) {
        Map<Key, Past> next = new TreeMap<>(durations);
        long order = 1 + next.values().stream().mapToLong(Past::order).max().orElse(0);
        List<Duration> all =
                new ArrayList<>(next.getOrDefault(key, new Past(0, List.of())).took());
        all.add(took);
        next.put(key, new Past(order, all.subList(Math.max(0, all.size() - MOST), all.size())));
        while (next.size() > MOST_KEYS) {
            Key oldest = next.entrySet().stream()
                    .min(Map.Entry.comparingByValue((a, b) -> Long.compare(a.order(), b.order())))
                    .orElseThrow()
                    .getKey();
            next.remove(oldest);
        }
        return new History(next);
    }

    /** What was not exceeded in 95 of a hundred times; empty where there were too few. */
    Optional<Duration> p95(Key key) {
        List<Duration> took =
                durations.getOrDefault(key, new Past(0, List.of())).took();
        if (took.size() < FEWEST) {
            return Optional.empty();
        }
        int rank = (took.size() * 95 + 99) / 100;
        return Optional.of(took.stream().sorted().toList().get(rank - 1));
    }
}
