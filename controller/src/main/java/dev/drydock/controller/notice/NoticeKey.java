package dev.drydock.controller.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a notice is about, so that nobody is told twice.
 *
 * @param before how long before the opening it was due; empty: it says that the one before is called off
 */
record NoticeKey(String rolloutId, Instant opens, Optional<Duration> before) {
    static final String PREFIX = "window/";
    private static final String CALLED_OFF = "called-off";
    private static final int PARTS = 4;

    NoticeKey calledOff() {
        return new NoticeKey(rolloutId, opens, Optional.empty());
    }

    String text() {
        return PREFIX + rolloutId + "/" + ChronoUnit.MICROS.between(Instant.EPOCH, opens) + "/"
                + before.map(Duration::toString).orElse(CALLED_OFF);
    }

    /** @param text as {@link #text} gives it */
    static NoticeKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("'" + text + "' is no notice's key");
        }
        return new NoticeKey(
                parts[1],
                Instant.EPOCH.plus(Long.parseLong(parts[2]), ChronoUnit.MICROS),
                parts[3].equals(CALLED_OFF) ? Optional.empty() : Optional.of(Duration.parse(parts[3])));
    }
}
