package dev.drydock.agent.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt to connect: longer each time, never the same for all, short again after a good one. */
public final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofMinutes(2);
    /** A connection that lasted as long was a good one. */
    static final Duration STABLE = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private int failures;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @param connected how long the connection that ended was good for; zero when there was none */
    public Duration next(Duration connected) {
        if (connected.compareTo(STABLE) >= 0) {
            failures = 0;
        }
        Duration cap = FIRST.multipliedBy(1L << Math.min(failures, 20));
        failures++;
        return spread(cap.compareTo(MOST) > 0 ? MOST : cap);
    }

    /** Between half of it and the whole. */
    private Duration spread(Duration cap) {
        long half = cap.toMillis() / 2;
        return Duration.ofMillis(half + (long) (half * random.nextDouble()));
    }

    /** What the controller asked for and up to half as much again. */
    public Duration asked(Duration after) {
        Duration bounded = after.isNegative()
                ? Duration.ZERO
                : after.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : after;
        return bounded.plusMillis((long) (bounded.toMillis() * random.nextDouble() / 2));
    }
}
