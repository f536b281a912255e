package dev.drydock.controller.team;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a team is not to be disturbed. They begin at {@code from} on each of the days, and end at {@code to}: on the next day, where
 * that is not later.
 */
public record QuietHours(ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    /** Quiet hours that follow each other on all days of the week have no end. */
    private static final int MOST_SPANS = 8;

    public QuietHours {
        days = Set.copyOf(days);
    }

    /** In the order of the week. */
    public List<DayOfWeek> sortedDays() {
        return List.copyOf(new TreeSet<>(days));
    }

    /** Whether they have an end on some day of the week. */
    boolean everEnd() {
        return days.size() < DayOfWeek.values().length || !from.equals(to);
    }

    /** When they are over that are now; empty: there are none now. */
    public Optional<Instant> over(Instant now) {
        Optional<Instant> over = Optional.empty();
        Instant at = now;
        for (int i = 0; i < MOST_SPANS; i++) {
            Optional<Instant> end = end(at);
            if (end.isEmpty()) {
                break;
            }
            over = end;
            at = end.get();
        }
        return over;
    }

    /** Of the span that this instant is in. */
    private Optional<Instant> end(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        Optional<Instant> latest = Optional.empty();
        for (LocalDate day : List.of(today.minusDays(1), today)) {
            if (!days.contains(day.getDayOfWeek())) {
                continue;
            }
            Instant begins = day.atTime(from).atZone(zone).toInstant();
            LocalDate until = to.isAfter(from) ? day : day.plusDays(1);
            Instant ends = until.atTime(to).atZone(zone).toInstant();
            if (!at.isBefore(begins) && at.isBefore(ends)) {
                latest = latest.filter(ends::isBefore).or(() -> Optional.of(ends));
            }
        }
        return latest;
    }
}
