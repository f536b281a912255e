package dev.drydock.controller.window;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Recur;

/**
 * An RFC 5545 recurrence rule from a local start. It works on local date-times, which know no transitions: what a zone's
 * clock makes of them is for {@link LocalTimes} to say. UNTIL is read here, since its three spellings mean three things:
 * an instant (ends in Z), a local time, or a whole local day.
 */
final class Recurrence {
    private static final Pattern UNTIL = Pattern.compile("(?:^|;)UNTIL=([^;]*)");
    private static final Pattern NUMBER = Pattern.compile("(?:^|;)(INTERVAL|COUNT)=(?![1-9]\\d{0,4}(?:;|$))([^;]*)");
    private static final DateTimeFormatter BASIC_LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private final Recur<LocalDateTime> rule;
    private final LocalDateTime start;
    private final Predicate<LocalDateTime> notOver;

    private Recurrence(Recur<LocalDateTime> rule, LocalDateTime start, Predicate<LocalDateTime> notOver) {
        this.rule = rule;
        this.start = start;
        this.notOver = notOver;
    }

    /** @throws IllegalArgumentException what is wrong with the rule, and what was expected */
    static Recurrence parse(String text, LocalDateTime start, ZoneId zone) {
        return parse(text, start, zone.getRules());
    }

    /** @throws IllegalArgumentException what is wrong with the rule, and what was expected */
    static Recurrence parse(String text, LocalDateTime start, ZoneRules zone) {
        String upper = text.trim().toUpperCase(Locale.ROOT);
        if (upper.startsWith("RRULE:")) {
            throw new IllegalArgumentException("leave out the leading \"RRULE:\"");
        }
        Matcher number = NUMBER.matcher(upper);
        if (number.find()) {
            throw new IllegalArgumentException(
                    number.group(1) + "=" + number.group(2) + " is no whole number from 1 to 99999");
        }
        Matcher until = UNTIL.matcher(upper);
        Predicate<LocalDateTime> notOver = any -> true;
        if (until.find()) {
            if (upper.contains("COUNT=")) {
                throw new IllegalArgumentException("UNTIL and COUNT cannot both be given (RFC 5545 section 3.3.10)");
            }
            notOver = until(until.group(1), zone);
            upper = until.replaceFirst("");
        }
        return new Recurrence(rule(upper.startsWith(";") ? upper.substring(1) : upper), start, notOver);
    }

    /** Occurrences in {@code [from, to)}, in order, each once. */
    List<LocalDateTime> between(LocalDateTime from, LocalDateTime to) {
        if (!from.isBefore(to) || !start.isBefore(to)) {
            return List.of();
        }
        LocalDateTime first = from.isBefore(start) ? start : from;
        return rule.getDates(start, first, to).stream()
                .filter(time -> !time.isBefore(first) && time.isBefore(to) && notOver.test(time))
                .sorted()
                .distinct()
                .toList();
    }

    /** Seconds and minutes are no rhythm for maintenance. */
    boolean tooFrequent() {
        return switch (rule.getFrequency()) {
            case SECONDLY, MINUTELY -> true;
            default -> false;
        };
    }

    private static Recur<LocalDateTime> rule(String text) {
        try {
            Recur<LocalDateTime> rule = new Recur<>(text);
            if (rule.getFrequency() == null) {
                throw new IllegalArgumentException("FREQ is missing");
            }
            return rule;
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "is no recurrence rule of RFC 5545 (" + e.getMessage()
                            + "); write for example FREQ=WEEKLY;BYDAY=SU",
                    e);
        }
    }

    private static Predicate<LocalDateTime> until(String text, ZoneRules zone) {
        try {
            if (text.endsWith("Z")) {
                Instant last = LocalDateTime.parse(text.substring(0, text.length() - 1), BASIC_LOCAL)
                        .toInstant(ZoneOffset.UTC);
                return time -> !LocalTimes.instant(time, zone).isAfter(last);
            }
            if (text.indexOf('T') >= 0) {
                LocalDateTime last = LocalDateTime.parse(text, BASIC_LOCAL);
                return time -> !time.isAfter(last);
            }
            LocalDate last = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
            return time -> !time.toLocalDate().isAfter(last);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "UNTIL=" + text + " is no date; write 20271231, 20271231T235959 (local) or 20271231T235959Z (UTC)",
                    e);
        }
    }
}
