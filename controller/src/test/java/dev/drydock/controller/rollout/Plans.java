package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Plans for tests. The window opens daily at 02:00 UTC for two hours, no start in the last half hour. */
public final class Plans {
    public static final Window NIGHTLY = window("FREQ=DAILY");
    public static final Window ONCE = window("");
    public static final Opening FIRST =
            new Openings(ONCE).next(Instant.EPOCH, 1).getFirst();
    public static final Instant BEFORE = FIRST.opens().minusSeconds(7_200);

    private Plans() {}

    public static Window window(String rrule) {
        return new Window(
                "night",
                rrule.isEmpty() ? Optional.empty() : Optional.of(rrule),
                LocalDateTime.parse("2026-11-24T02:00"),
                ZoneId.of("UTC"),
                Duration.ofHours(2),
                Duration.ofMinutes(30),
                Duration.ofMinutes(15));
    }

    public static Strategy strategy(String waves, String maxConcurrent, String threshold, Duration soak) {
        return new Strategy(
                waves.isEmpty() ? List.of() : List.of(waves.split(",")), maxConcurrent, threshold, soak, "", List.of());
    }

    /** Hosts that are kept apart come in pairs. */
    public static Strategy apart(Strategy strategy) {
        return new Strategy(
                strategy.waves(),
                strategy.maxConcurrent(),
                strategy.failureThreshold(),
                strategy.soak(),
                "labels.pair",
                strategy.approveBefore());
    }

    /** Before these waves a second person has to approve. */
    public static Strategy approvedBefore(Strategy strategy, Integer... waves) {
        return new Strategy(
                strategy.waves(),
                strategy.maxConcurrent(),
                strategy.failureThreshold(),
                strategy.soak(),
                strategy.neverTogether(),
                List.of(waves));
    }

    private static String cluster(Strategy strategy, int host) {
        return strategy.neverTogether().isEmpty() ? "" : "pair-" + (host + 1) / 2;
    }

    public static RolloutPlan plan(int hosts, Strategy strategy, Window window) {
        return plan("o-1", "patches", hosts, strategy, window);
    }

    public static RolloutPlan plan(String id, String name, int hosts, Strategy strategy, Window window) {
        List<Candidate> names = IntStream.rangeClosed(1, hosts)
                .mapToObj(i -> new Candidate("h-" + i, "host-" + i, cluster(strategy, i)))
                .toList();
        return new RolloutPlan(
                id,
                name,
                new PlaybookVersion("web-monthly", 7, "d".repeat(64)),
                Map.of("site", "/var/www"),
                "host.labels.role == \"web\"",
                window,
                strategy,
                WavePlan.of(strategy, names),
                List.of(new Exclusion("host-0", "drained")),
                new Origin("olga", BEFORE, Optional.empty()));
    }
}
