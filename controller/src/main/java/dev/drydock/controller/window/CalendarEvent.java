package dev.drydock.controller.window;

import dev.drydock.controller.window.ContentLines.Line;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event of a calendar with all its occurrences: RRULE and RDATE less EXDATE and what other events take the place of. */
final class CalendarEvent {
    private static final Pattern DURATION = Pattern.compile("\\+?P(?:(\\d{1,4})W|(?:(\\d{1,5})D)?(T.*)?)");

    private final String summary;
    private final CalendarTime start;
    private final Length length;
    private final List<Line> rules;
    private final List<Extra> extra;
    private final Set<LocalDateTime> except;
    private final Set<LocalDate> exceptDays;

    /** How long an occurrence lasts: days by the clock on the wall, then elapsed time. */
    private record Length(int days, Duration elapsed) {
        Instant end(LocalDateTime from, ZoneRules rules) {
            return LocalTimes.instant(from.plusDays(days), rules).plus(elapsed);
        }

        Duration atMost() {
            return Duration.ofDays(days + 1L).plus(elapsed);
        }
    }

    private record Extra(LocalDateTime from, Length length) {}

    private CalendarEvent(
            String summary,
            CalendarTime start,
            Length length,
            List<Line> rules,
            List<Extra> extra,
            Set<LocalDateTime> except,
            Set<LocalDate> exceptDays) {
        this.summary = summary;
        this.start = start;
        this.length = length;
        this.rules = rules;
        this.extra = extra;
        this.except = except;
        this.exceptDays = exceptDays;
    }

    /** @param replaced occurrences of which other events of the same UID take the place */
    static CalendarEvent read(CalendarComponent event, List<CalendarTime> replaced, CalendarZones zones)
            throws InvalidCalendarException {
        Line startLine = event.property("DTSTART")
                .orElseThrow(() -> new InvalidCalendarException(event.line(), "the event has no DTSTART"));
        CalendarTime start = CalendarTime.one(startLine, zones);
        Length length = length(event, start, zones);
        List<Line> rules = event.properties("RRULE");
        for (Line rule : rules) {
            // Read here for its errors; with a floating start its meaning depends on the window's zone.
            recurrence(rule, start.local(), start.zone().orElse(ZoneOffset.UTC.getRules()));
        }
        List<Extra> extra = new ArrayList<>();
        for (Line line : event.properties("RDATE")) {
            extra.addAll(extras(line, start, length, zones));
        }
        Set<LocalDateTime> except = new HashSet<>();
        Set<LocalDate> exceptDays = new HashSet<>();
        for (Line line : event.properties("EXDATE")) {
            for (CalendarTime time : CalendarTime.all(line, zones)) {
                if (time.date() && !start.date()) {
                    exceptDays.add(time.local().toLocalDate());
                } else {
                    except.add(time.as(start));
                }
            }
        }
        replaced.forEach(time -> except.add(time.as(start)));
        return new CalendarEvent(summary(event), start, length, rules, extra, except, exceptDays);
    }

    private static String summary(CalendarComponent event) {
        return event.property("SUMMARY")
                .map(Line::value)
                .map(text -> text.replaceAll("\\\\[nN]", " ")
                        .replaceAll("\\\\(.)", "$1")
                        .strip())
                .map(text -> text.length() > 120 ? text.substring(0, 120) + "…" : text)
                .orElse("");
    }

    private static Length length(CalendarComponent event, CalendarTime start, CalendarZones zones)
            throws InvalidCalendarException {
        Optional<Line> end = event.property("DTEND");
        Optional<Line> duration = event.property("DURATION");
        if (end.isPresent()) {
            return between(start, CalendarTime.one(end.get(), zones), end.get());
        }
        if (duration.isPresent()) {
            return duration(duration.get().value().trim(), duration.get());
        }
        return new Length(start.date() ? 1 : 0, Duration.ZERO);
    }

    private static Length between(CalendarTime start, CalendarTime end, Line line) throws InvalidCalendarException {
        Length length;
        if (start.date()) {
            int days = (int) Duration.between(start.local(), end.local()).toDays();
            // Written by some programs for one whole day.
            length = new Length(days == 0 ? 1 : days, Duration.ZERO);
        } else {
            ZoneRules floating = start.zone().orElse(ZoneOffset.UTC.getRules());
            length = new Length(0, Duration.between(start.instant(floating), end.instant(floating)));
        }
        if (length.days() < 0 || length.elapsed().isNegative()) {
            throw new InvalidCalendarException(
                    line.number(), line.name() + ":" + line.value() + " is before the start");
        }
        return length;
    }

    private static Length duration(String text, Line line) throws InvalidCalendarException {
        Matcher matcher = DURATION.matcher(text);
        try {
            if (matcher.matches() && text.length() > 1) {
                int days = matcher.group(1) != null
                        ? 7 * Integer.parseInt(matcher.group(1))
                        : matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
                Duration rest = matcher.group(3) == null ? Duration.ZERO : Duration.parse("P" + matcher.group(3));
                if (!rest.isNegative()) {
                    return new Length(days, rest);
                }
            }
        } catch (DateTimeException e) {
            throw new InvalidCalendarException(line.number(), "DURATION:" + text + ": " + e.getMessage());
        }
        throw new InvalidCalendarException(
                line.number(), "'" + text + "' is no duration of RFC 5545; expected for example P1D or PT2H30M");
    }

    static Recurrence recurrence(Line rule, LocalDateTime start, ZoneRules zone) throws InvalidCalendarException {
        try {
            Recurrence recurrence = Recurrence.parse(rule.value(), start, zone);
            if (recurrence.tooFrequent()) {
                throw new InvalidCalendarException(
                        rule.number(), "RRULE:" + rule.value() + ": an event of a calendar recurs hourly at most");
            }
            return recurrence;
        } catch (IllegalArgumentException e) {
            throw new InvalidCalendarException(rule.number(), "RRULE:" + rule.value() + ": " + e.getMessage());
        }
    }

    private static List<Extra> extras(Line line, CalendarTime start, Length usual, CalendarZones zones)
            throws InvalidCalendarException {
        List<Extra> extras = new ArrayList<>();
        if (!line.param("VALUE").equalsIgnoreCase("PERIOD")) {
            for (CalendarTime time : CalendarTime.all(line, zones)) {
                extras.add(new Extra(time.as(start), usual));
            }
            return extras;
        }
        Optional<ZoneRules> zone = line.param("TZID").isEmpty()
                ? Optional.empty()
                : Optional.of(zones.rules(line.param("TZID"), line.number()));
        for (String period : line.value().split(",")) {
            String[] ends = period.trim().split("/", -1);
            if (ends.length != 2) {
                throw new InvalidCalendarException(
                        line.number(), "'" + period + "' is no period; expected start/end or start/duration");
            }
            CalendarTime from = CalendarTime.read(ends[0], zone, line);
            Length length = ends[1].startsWith("P") || ends[1].startsWith("+")
                    ? duration(ends[1], line)
                    : between(from, CalendarTime.read(ends[1], zone, line), line);
            extras.add(new Extra(from.as(start), length));
        }
        return extras;
    }

    /** All that touch {@code [from, to)}, in no order. @param floating the zone of times without one */
    List<Blackout> between(String calendar, Instant from, Instant to, ZoneRules floating) {
        ZoneRules zone = start.zone().orElse(floating);
        Duration slack = length.atMost().plusDays(2);
        LocalDateTime first = LocalTimes.local(from.minus(slack), zone);
        LocalDateTime last = LocalTimes.local(to, zone).plus(Period.ofDays(2));
        TreeSet<LocalDateTime> starts = new TreeSet<>();
        starts.add(start.local());
        for (Line rule : rules) {
            try {
                starts.addAll(recurrence(rule, start.local(), zone).between(first, last));
            } catch (InvalidCalendarException e) {
                throw new IllegalStateException("a rule that could be read before", e);
            }
        }
        List<Blackout> found = new ArrayList<>();
        starts.forEach(local -> add(found, calendar, local, length, zone));
        extra.forEach(one -> add(found, calendar, one.from(), one.length(), zone));
        return found.stream().filter(blackout -> blackout.touches(from, to)).toList();
    }

    private void add(List<Blackout> found, String calendar, LocalDateTime local, Length lasts, ZoneRules zone) {
        if (!except.contains(local) && !exceptDays.contains(local.toLocalDate())) {
            Instant from = LocalTimes.instant(local, zone);
            Instant to = lasts.end(local, zone);
            found.add(new Blackout(calendar, summary, from, to.isBefore(from) ? from : to));
        }
    }
}
