package dev.drydock.e2e.cluster;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a play of rounds came to. */
final class ClusterTally {
    private final Map<ClusterFault, Integer> faults = new EnumMap<>(ClusterFault.class);
    private final Map<RunState, Integer> ends = new EnumMap<>(RunState.class);
    private final List<Duration> back = new ArrayList<>();
    private int rounds;
    private long takeovers;

    /**
     * @param terms how many began in the round
     * @param moved how long after a kill of a controller, and of nothing else, all its agents were connected again; else zero
     */
    void add(ClusterRound round, Rollout rollout, long terms, Duration moved) {
        rounds++;
        takeovers += terms;
        if (moved.isPositive()) {
            back.add(moved);
        }
        faults.merge(round.fault(), 1, Integer::sum);
        round.second().ifPresent(second -> faults.merge(second, 1, Integer::sum));
        rollout.getWavesList().stream()
                .flatMap(wave -> wave.getHostsList().stream())
                .forEach(run -> ends.merge(run.getState(), 1, Integer::sum));
    }

    List<String> lines(long seed, Duration took) {
        return List.of(
                "with " + Cluster.SIZE + " controllers, from seed " + seed + ": " + rounds + " rounds in "
                        + took.toSeconds() + " s, " + takeovers + " takeovers, no wrong ending",
                "faults: " + text(faults),
                "runs: " + text(ends),
                "agents connected again after a kill: "
                        + (back.isEmpty()
                                ? "not measured"
                                : Collections.max(back).toMillis() + " ms at most"));
    }

    private static String text(Map<?, Integer> counts) {
        return counts.entrySet().stream()
                .map(one -> one.getKey().toString().toLowerCase(Locale.ROOT) + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    /** As the benchmark reads them. All rounds ended as they must, or there would be none. */
    String figures() {
        List<Duration> sorted = back.stream().sorted().toList();
        return """
                {"sections": [{"key": "members", "title": "Members: a controller of three is killed in a rollout", "figures": [
                  {"key": "rounds", "label": "kills", "value": %d, "unit": ""},
                  {"key": "moved_median_s", "label": "its agents are connected again, median", "value": %.3f, "unit": "s"},
                  {"key": "moved_s", "label": "its agents are connected again, longest", "value": %.3f, "unit": "s"},
                  {"key": "runs", "label": "runs", "value": %d, "unit": ""},
                  {"key": "lost_or_doubled", "label": "runs lost or doubled", "value": 0, "unit": ""}]}]}
                """.formatted(
                        rounds,
                        seconds(sorted.get(sorted.size() / 2)),
                        seconds(sorted.getLast()),
                        ends.values().stream().mapToInt(Integer::intValue).sum());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
