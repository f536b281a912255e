package dev.drydock.controller.api;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Instants and durations, in and out of messages. */
final class Times {
    /** Longer than any duration that means something here, and far from the limits of arithmetic. */
    private static final long MOST_SECONDS = Duration.ofDays(36_600).toSeconds();

    private static final int NANOS = 1_000_000_000;

    private Times() {}

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Of any timestamp; one that is none by protobuf's rules comes out near to it. */
    static Instant instant(Timestamp timestamp) {
        long seconds = Math.clamp(timestamp.getSeconds(), -MOST_SECONDS, 4 * MOST_SECONDS);
        return Instant.ofEpochSecond(seconds, timestamp.getNanos());
    }

    /** Leaves the field unset where there is none. */
    static void timestamp(Optional<Instant> instant, Consumer<Timestamp> setter) {
        instant.map(Times::timestamp).ifPresent(setter);
    }

    static com.google.protobuf.Duration duration(Duration duration) {
        // Java keeps the fraction positive, protobuf wants it to have the sign of the seconds.
        boolean negative = duration.isNegative() && duration.getNano() > 0;
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds() + (negative ? 1 : 0))
                .setNanos(duration.getNano() - (negative ? NANOS : 0))
                .build();
    }

    /** Adds to the problems, and gives zero, when it is no duration by protobuf's rules or longer than a century. */
    static Duration duration(String field, com.google.protobuf.Duration message, List<String> problems) {
        long seconds = message.getSeconds();
        int nanos = message.getNanos();
        boolean signsDiffer = (seconds > 0 && nanos < 0) || (seconds < 0 && nanos > 0);
        if (seconds > MOST_SECONDS || seconds < -MOST_SECONDS || nanos >= NANOS || nanos <= -NANOS || signsDiffer) {
            problems.add(field + ": " + seconds + " s and " + nanos + " ns is no duration of at most 100 years");
            return Duration.ZERO;
        }
        return Duration.ofSeconds(seconds, nanos);
    }
}
