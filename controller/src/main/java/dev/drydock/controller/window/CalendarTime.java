package dev.drydock.controller.window;

import dev.drydock.controller.window.ContentLines.Line;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time of an iCalendar file.
 *
 * @param date a whole day; {@code local} is its midnight
 * @param zone empty: a floating time, whatever the clock of the window's zone says
 */
record CalendarTime(LocalDateTime local, boolean date, Optional<ZoneRules> zone) {
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    /** All of the line's values, which commas part. */
    static List<CalendarTime> all(Line line, CalendarZones zones) throws InvalidCalendarException {
        Optional<ZoneRules> zone = line.param("TZID").isEmpty()
                ? Optional.empty()
                : Optional.of(zones.rules(line.param("TZID"), line.number()));
        List<CalendarTime> times = new ArrayList<>();
        for (String value : line.value().split(",")) {
            times.add(read(value.trim(), zone, line));
        }
        return times;
    }

    static CalendarTime one(Line line, CalendarZones zones) throws InvalidCalendarException {
        List<CalendarTime> times = all(line, zones);
        if (times.size() != 1) {
            throw new InvalidCalendarException(line.number(), line.name() + " has " + times.size() + " values");
        }
        return times.getFirst();
    }

    static LocalDateTime local(Line line) throws InvalidCalendarException {
        return read(line.value().trim(), Optional.empty(), line).local();
    }

    static CalendarTime read(String text, Optional<ZoneRules> zone, Line line) throws InvalidCalendarException {
        try {
            if (text.indexOf('T') < 0) {
                return new CalendarTime(
                        LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay(), true, Optional.empty());
            }
            return text.endsWith("Z")
                    ? new CalendarTime(
                            LocalDateTime.parse(text.substring(0, text.length() - 1), BASIC),
                            false,
                            Optional.of(ZoneOffset.UTC.getRules()))
                    : new CalendarTime(LocalDateTime.parse(text, BASIC), false, zone);
        } catch (DateTimeException e) {
            throw new InvalidCalendarException(
                    line.number(),
                    line.name() + ": '" + text
                            + "' is no time; expected 20261225, 20261225T020000 or 20261225T020000Z");
        }
    }

    Instant instant(ZoneRules floating) {
        return LocalTimes.instant(local, zone.orElse(floating));
    }

    /** The same moment by the clock of another time's zone. */
    LocalDateTime as(CalendarTime other) {
        if (zone.isEmpty() || other.zone.isEmpty() || zone.equals(other.zone)) {
            return local;
        }
        return LocalTimes.local(instant(zone.get()), other.zone.get());
    }
}
