package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When and where a new window opens first, out of what was typed. */
final class WindowStart {
    private WindowStart() {}

    static ZoneId zone(@Nullable String text, ZoneId here) {
        if (text == null) {
            return here;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw CliException.usage(
                    "--zone '" + text + "' is not a time zone.", "Write an IANA name such as Asia/Tokyo, or UTC.");
        }
    }

    /** A day (its begin), a local date and time, or one with an offset. */
    static Instant instant(String option, String text, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.matches(".*(Z|[+-]\\d{2}:\\d{2})")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw CliException.usage(
                    option + " '" + text + "' is no time.",
                    "Write it as 2026-11-29, 2026-11-29T02:00 or 2026-11-29T02:00:00Z.");
        }
    }

    /** Local date and time without offset. */
    static String resolve(
            @Nullable String start, boolean now, @Nullable String rrule, ZoneId zone, InstantSource clock) {
        if (now == (start != null)) {
            throw CliException.usage(
                    now ? "--start and --now exclude each other." : "The window has no first opening.",
                    "Give either --start 2026-11-29T02:00 or --now.");
        }
        if (now && rrule != null) {
            throw CliException.usage("--now opens once, and --rrule recurs.", "Give --start with --rrule.");
        }
        if (start == null) {
            return LocalDateTime.ofInstant(clock.instant(), zone)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
        }
        try {
            return LocalDateTime.parse(start).toString();
        } catch (DateTimeException e) {
            throw CliException.usage(
                    "--start '" + start + "' is not a local date and time.", "Write it as 2026-11-29T02:00.");
        }
    }
}
