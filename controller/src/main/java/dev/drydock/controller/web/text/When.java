package dev.drydock.controller.web.text;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times for one reader.
 *
 * @param now when the page is made
 * @param zone the reader's
 */
public record When(Instant now, ZoneId zone) {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter WITH_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final long FAR_DAYS = 180;

    public static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    public static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /** {@code Sun 29 Nov 02:00}; with the year where that is far away. */
    public String at(Timestamp timestamp) {
        ZonedDateTime time = instant(timestamp).atZone(zone);
        boolean far = Duration.between(now, time).abs().toDays() > FAR_DAYS;
        return (far ? WITH_YEAR : DAY_AND_TIME).format(time);
    }

    public String clock(Timestamp timestamp) {
        return CLOCK.format(instant(timestamp).atZone(zone));
    }

    /** As programs read it. */
    public String iso(Timestamp timestamp) {
        return instant(timestamp).toString();
    }

    /** {@code 3 min ago}, {@code in 2 d}. */
    public String relative(Timestamp timestamp) {
        Duration distance = Duration.between(instant(timestamp), now);
        if (distance.abs().toSeconds() < 5) {
            return "now";
        }
        return distance.isNegative() ? "in " + span(distance.negated()) : span(distance) + " ago";
    }

    /** The two largest units at most: {@code 2 d 3 h}, {@code 45 min}, {@code 7 s}. */
    public static String span(Duration span) {
        long days = span.toDays();
        if (days >= 14) {
            return days + " d";
        }
        if (days > 0) {
            return two(days, "d", span.toHoursPart(), "h");
        }
        if (span.toHours() > 0) {
            return two(span.toHours(), "h", span.toMinutesPart(), "min");
        }
        if (span.toMinutes() > 0) {
            return two(span.toMinutes(), "min", span.toMinutes() < 10 ? span.toSecondsPart() : 0, "s");
        }
        return span.toSeconds() + " s";
    }

    public static String span(com.google.protobuf.Duration span) {
        return span(duration(span));
    }

    private static String two(long large, String unit, int small, String smaller) {
        return small == 0 ? large + " " + unit : large + " " + unit + " " + small + " " + smaller;
    }

    /** How the reader's zone is called. */
    public String zoneName() {
        return zone.getId().equals("Z") ? "UTC" : zone.getId();
    }
}
