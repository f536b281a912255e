package dev.drydock.controller.team;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Quiet hours as somebody wrote them.
 *
 * @param days names of days of the week; empty: all
 */
public record QuietDraft(String zone, List<String> days, String from, String to) {
    /** Empty, with the problems told, where they are none. */
    Optional<QuietHours> validate(List<String> problems) {
        List<String> wrong = new ArrayList<>();
        Optional<ZoneId> place = zone(wrong);
        Optional<LocalTime> begin = time("from", from, wrong);
        Optional<LocalTime> end = time("to", to, wrong);
        Set<DayOfWeek> week = week(wrong);
        problems.addAll(wrong);
        if (!wrong.isEmpty()) {
            return Optional.empty();
        }
        QuietHours hours = new QuietHours(place.orElseThrow(), week, begin.orElseThrow(), end.orElseThrow());
        if (!hours.everEnd()) {
            problems.add("quiet: they never end; expected another time of day for the end, or not all days");
        }
        return Optional.of(hours);
    }

    private Optional<ZoneId> zone(List<String> wrong) {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            wrong.add(
                    "quiet.zone: '" + zone + "' is no time zone; expected an IANA name such as Europe/Berlin, or UTC");
            return Optional.empty();
        }
    }

    private static Optional<LocalTime> time(String field, String text, List<String> wrong) {
        try {
            return Optional.of(LocalTime.parse(text.strip()));
        } catch (DateTimeException e) {
            wrong.add("quiet." + field + ": '" + text + "' is no time of day; expected for example 20:00");
            return Optional.empty();
        }
    }

    private Set<DayOfWeek> week(List<String> wrong) {
        Set<DayOfWeek> week = EnumSet.noneOf(DayOfWeek.class);
        for (String day : days) {
            try {
                week.add(DayOfWeek.valueOf(day.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                wrong.add("quiet.days: '" + day + "' is no day of the week; expected MONDAY to SUNDAY");
            }
        }
        return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : week;
    }
}
