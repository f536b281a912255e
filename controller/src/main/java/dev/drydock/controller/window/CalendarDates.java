package dev.drydock.controller.window;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A calendar written as a list: {@code 2026-12-25}, {@code 2026-11-04/2026-11-11} (both days and all between) or {@code
 * 2026-12-24T12:00/2026-12-27T06:00} (the end excluded), separated by commas.
 */
public final class CalendarDates {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private CalendarDates() {}

    /** @throws InvalidCalendarException which of them is none, and what was expected */
    public static String iCalendar(String name, String list) throws InvalidCalendarException {
        StringBuilder out = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Drydock//Drydock//EN\r\n");
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
