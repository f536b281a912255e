package dev.drydock.e2e.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happens in one round.
 *
 * @param second struck in addition, while the first may still last
 * @param delay after the moment
 * @param apart between the two
 * @param lasts after the last one, until all is mended
 * @param ill the hosts that do not get on with what they are given
 */
record ClusterRound(
        long seed,
        ClusterFault fault,
        Optional<ClusterFault> second,
        Moment moment,
        Duration delay,
        Duration apart,
        Duration lasts,
        Set<Integer> ill,
        List<String> waves) {
    /** What the fault waits for. */
    enum Moment {
        /** Nothing: the rollout is made while it is there. */
        BEFORE(1),
        /** The rollout was made. */
        CREATED(4_000),
        /** A host begins to change something. */
        CHANGING(800);

        private final int latest;

        Moment(int latest) {
            this.latest = latest;
        }
    }

    private static final int ONE_IN = 3;

    /** As many seeds in a row as there are faults have each of them once. */
    static ClusterRound of(long seed, int hosts) {
        Random random = new Random(seed);
        ClusterFault[] faults = ClusterFault.values();
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
        Duration delay = Duration.ofMillis(random.nextInt(moment.latest));
        Optional<ClusterFault> second =
                random.nextInt(ONE_IN) == 0 ? Optional.of(faults[random.nextInt(faults.length)]) : Optional.empty();
        Duration apart = Duration.ofMillis(random.nextInt(6_000));
        Duration lasts = Duration.ofMillis(500 + random.nextInt(8_500));
        Set<Integer> ill = IntStream.range(0, hosts)
                .filter(host -> random.nextInt(ONE_IN) == 0)
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
        List<String> waves = random.nextBoolean() ? List.of("2", "100%") : List.of("1", "3", "100%");
        return new ClusterRound(
                seed, faults[Math.floorMod(seed, faults.length)], second, moment, delay, apart, lasts, ill, waves);
    }

    /** The same, struck by nothing but this. */
    ClusterRound by(ClusterFault only) {
        return new ClusterRound(seed, only, Optional.empty(), moment, delay, Duration.ZERO, lasts, ill, waves);
    }

    boolean strikes(ClusterFault one) {
        return fault == one || second.filter(other -> other == one).isPresent();
    }

    String rollout() {
        return "round-" + seed;
    }
}
