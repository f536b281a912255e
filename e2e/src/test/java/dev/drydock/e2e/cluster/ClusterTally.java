package dev.drydock.e2e.cluster;

import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Rollout;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a play of rounds came to. */
final class ClusterTally {
    private final Map<ClusterFault, Integer> faults = new EnumMap<>(ClusterFault.class);
    private final Map<RunState, Integer> ends = new EnumMap<>(RunState.class);
    private int rounds;
    private int takeovers;
    private Duration slowest = Duration.ZERO;

    /**
     * @param terms how many began in the round
     * @param back how long after a kill of the leader, and of nothing else, all agents were connected; else zero
     */
    void add(ClusterRound round, Rollout rollout, long terms, Duration back) {
        rounds++;
        takeovers += (int) terms;
        slowest = slowest.compareTo(back) > 0 ? slowest : back;
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
                "agents connected again after a kill of the leader: "
                        + (slowest.isZero() ? "not measured" : slowest.toMillis() + " ms at most"));
    }

    private static String text(Map<?, Integer> counts) {
        return counts.entrySet().stream()
                .map(one -> one.getKey().toString().toLowerCase(Locale.ROOT) + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }
}
