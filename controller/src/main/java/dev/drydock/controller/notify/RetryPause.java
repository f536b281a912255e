package dev.drydock.controller.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When an attempt that failed is made again. Pure. */
final class RetryPause {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1));

    private RetryPause() {}

    /**
     * Empty: never, its time would be over by then.
     *
     * @param attempts that were made, at least 1
     */
    static Optional<Instant> next(int attempts, Instant now, Instant expires) {
        Duration pause = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
        return Optional.of(now.plus(pause)).filter(at -> at.isBefore(expires));
    }
}
