package dev.drydock.controller.window;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A calendar written as a list: {@code 2026-12-25}, {@code 2026-11-04/2026-11-11} (both days and all between) or {@code
 * 2026-12-24T12:00/2026-12-27T06:00} (the end excluded), separated by commas.
 */
public final class CalendarDates {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private static final String HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Drydock//Drydock//EN\r\n";
    private static final Pattern EVENT = Pattern.compile(
            "DTSTART(;VALUE=DATE)?:(\\d{8}(?:T\\d{6})?)\r\nDTEND(?:;VALUE=DATE)?:(\\d{8}(?:T\\d{6})?)\r\n");

    private CalendarDates() {}

    /** @throws InvalidCalendarException which of them is none, and what was expected */
    public static String iCalendar(String name, String list) throws InvalidCalendarException {
        StringBuilder out = new StringBuilder(HEAD);
        int number = 0;
        for (String item : list.split(",")) {
            String[] ends = item.trim().split("/", -1);
            if (ends.length > 2) {
                throw none(item.trim());
            }
            number++;
            out.append("BEGIN:VEVENT\r\nUID:")
                    .append(number)
                    .append('@')
                    .append(name)
                    .append("\r\n");
            out.append("DTSTAMP:19700101T000000Z\r\n");
            out.append(span(item.trim(), ends[0], ends[ends.length - 1]));
            out.append("END:VEVENT\r\n");
        }
        return out.append("END:VCALENDAR\r\n").toString();
    }

    /** The list that {@link #iCalendar} made this calendar from, in its shortest form; empty: it is none of those. */
    public static Optional<String> list(String name, String calendar) {
        if (!calendar.startsWith(HEAD)) {
            return Optional.empty();
        }
        String list = EVENT.matcher(calendar)
                .results()
                .map(event -> event.group(1) == null
                        ? LocalDateTime.parse(event.group(2), TIME) + "/" + LocalDateTime.parse(event.group(3), TIME)
                        : days(event.group(2), event.group(3)))
                .collect(Collectors.joining(","));
        try {
            return iCalendar(name, list).equals(calendar) ? Optional.of(list) : Optional.empty();
        } catch (InvalidCalendarException e) {
            return Optional.empty();
        }
    }

    private static String days(String first, String after) {
        LocalDate from = LocalDate.parse(first, DateTimeFormatter.BASIC_ISO_DATE);
        LocalDate to = LocalDate.parse(after, DateTimeFormatter.BASIC_ISO_DATE).minusDays(1);
        return from.equals(to) ? from.toString() : from + "/" + to;
    }

    private static String span(String item, String first, String last) throws InvalidCalendarException {
        try {
            if (first.indexOf('T') >= 0) {
                LocalDateTime from = LocalDateTime.parse(first);
                LocalDateTime to = LocalDateTime.parse(last);
                if (!from.isBefore(to)) {
                    throw new InvalidCalendarException("dates: '" + item + "' ends before it begins");
                }
                return "DTSTART:" + TIME.format(from) + "\r\nDTEND:" + TIME.format(to) + "\r\n";
            }
            LocalDate from = LocalDate.parse(first);
            LocalDate to = LocalDate.parse(last);
            if (to.isBefore(from)) {
                throw new InvalidCalendarException("dates: '" + item + "' ends before it begins");
            }
            return "DTSTART;VALUE=DATE:" + DateTimeFormatter.BASIC_ISO_DATE.format(from) + "\r\nDTEND;VALUE=DATE:"
                    + DateTimeFormatter.BASIC_ISO_DATE.format(to.plusDays(1)) + "\r\n";
        } catch (DateTimeException e) {
            throw none(item);
        }
    }

    private static InvalidCalendarException none(String item) {
        return new InvalidCalendarException("dates: '" + item
                + "' is no day and no span of days; write for example 2026-11-04/2026-11-11,2026-12-25");
    }
}
