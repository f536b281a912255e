package dev.drydock.cli.output;

import com.google.protobuf.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants and durations as people read them: in the reader's zone or in UTC, relative where that helps. */
public final class Times {
    private static final String NONE = "-";

    private final Clock clock;
    private final boolean utc;

    public Times(Clock clock, boolean utc) {
        this.clock = clock;
        this.utc = utc;
    }

    public Instant now() {
        return clock.instant();
    }

    public ZoneId zone() {
        return utc ? ZoneOffset.UTC : clock.getZone();
    }

    public static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    public static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    public static com.google.protobuf.Duration message(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    public static Timestamp message(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    public static boolean isSet(Timestamp timestamp) {
        return timestamp.getSeconds() != 0 || timestamp.getNanos() != 0;
    }

    /** {@code 2026-11-29 02:00 JST}. */
    public String at(Timestamp timestamp) {
        return isSet(timestamp) ? format(Patterns.MINUTES, instant(timestamp), zone()) : NONE;
    }

    /** {@code Sun 29 Nov 2026 02:00 JST}, in this zone. */
    public static String weekday(Timestamp timestamp, ZoneId zone) {
        return format(Patterns.DAY_AND_MINUTES, instant(timestamp), zone);
    }

    /** {@code 02:07:12}. */
    public String clock(Timestamp timestamp) {
        return format(Patterns.CLOCK, instant(timestamp), zone());
    }

    /** {@code 3 min ago}, {@code in 2 h}. */
    public String relative(Timestamp timestamp) {
        if (!isSet(timestamp)) {
            return NONE;
        }
        Duration ahead = Duration.between(now(), instant(timestamp));
        if (ahead.abs().toSeconds() < 5) {
            return "now";
        }
        return ahead.isNegative() ? rough(ahead.negated()) + " ago" : "in " + rough(ahead);
    }

    /** {@code 2026-11-29 02:00 JST (in 2 h)}. */
    public String atAndRelative(Timestamp timestamp) {
        return isSet(timestamp) ? at(timestamp) + " (" + relative(timestamp) + ")" : NONE;
    }

    /** The largest unit that fits: {@code 45 s}, {@code 12 min}, {@code 3 h}, {@code 9 days}. */
    public static String rough(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        if (seconds < 48 * 3_600) {
            return seconds / 3_600 + " h";
        }
        return seconds / 86_400 + " days";
    }

    /** {@code 7:41} or {@code 1:07:41}. */
    public static String countdown(Duration duration) {
        Duration left = duration.isNegative() ? Duration.ZERO : duration;
        return left.toHours() > 0
                ? "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    private static String format(DateTimeFormatter formatter, Instant instant, ZoneId zone) {
        return formatter.format(ZonedDateTime.ofInstant(instant, zone)).replace(" Z", " UTC");
    }

    /** Made when the first time is printed that is not relative: what a pattern needs of locales and zones is much. */
    private static final class Patterns {
        static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ENGLISH);
        static final DateTimeFormatter DAY_AND_MINUTES =
                DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH);
        static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    }
}
