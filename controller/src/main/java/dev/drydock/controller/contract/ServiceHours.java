package dev.drydock.controller.contract;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a client's business is open.
 *
 * @param closes midnight: the end of the day
 * @param calendars names of those whose blackouts are holidays
 */
public record ServiceHours(
        ZoneId zone, Set<DayOfWeek> days, LocalTime opens, LocalTime closes, List<String> calendars) {
    public static final Set<DayOfWeek> DAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    public static final LocalTime OPENS = LocalTime.of(9, 0);
    public static final LocalTime CLOSES = LocalTime.of(18, 0);

    public ServiceHours {
        days = Set.copyOf(days);
        calendars = List.copyOf(calendars);
    }

    /** In the order of the week. */
    public List<DayOfWeek> sortedDays() {
        return List.copyOf(new TreeSet<>(days));
    }

    Instant opens(LocalDate day) {
        return day.atTime(opens).atZone(zone).toInstant();
    }

    /** Never before it opens: where the clock jumps over its hours they have no length. */
    Instant closes(LocalDate day) {
        Instant written = closes.equals(LocalTime.MIDNIGHT)
                ? day.plusDays(1).atStartOfDay(zone).toInstant()
                : day.atTime(closes).atZone(zone).toInstant();
        Instant opens = opens(day);
        return written.isBefore(opens) ? opens : written;
    }
}
