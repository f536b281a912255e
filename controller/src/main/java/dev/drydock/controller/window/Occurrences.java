package dev.drydock.controller.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instants by a recurrence rule, in the words and with the daylight rules of windows ({@link LocalTimes}): a time that the clock
 * jumps over comes an hour later, one that comes twice counts the first time. Pure.
 *
 * @param rrule empty: once, at the start
 * @param start the first, local in the zone
 */
public record Occurrences(Optional<String> rrule, LocalDateTime start, ZoneId zone) {
    /** A rule with no occurrence in so many years has none as far as people go. */
    private static final List<Period> STRIDES = List.of(Period.ofDays(40), Period.ofYears(2), Period.ofYears(12));

    /** @param problems gets what is wrong with it; then the answer is empty */
    public static Optional<Occurrences> of(String rrule, String start, String zone, List<String> problems) {
        @Nullable LocalDateTime local = Beginning.local(start, problems);
        @Nullable ZoneId where = Beginning.zone(zone, problems);
        if (local == null || where == null) {
            return Optional.empty();
        }
        if (rrule.isBlank()) {
            return Optional.of(new Occurrences(Optional.empty(), local, where));
        }
        Optional<String> wrong = problem(rrule, local, where);
        wrong.ifPresent(problems::add);
        return wrong.isPresent()
                ? Optional.empty()
                : Optional.of(new Occurrences(Optional.of(rrule.strip()), local, where));
    }

    private static Optional<String> problem(String rrule, LocalDateTime start, ZoneId zone) {
        try {
            Recurrence rule = Recurrence.parse(rrule, start, zone);
            if (rule.tooFrequent()) {
                return Optional.of(
                        "rrule: '" + rrule + "': hourly at most; use FREQ=HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
            }
            List<LocalDateTime> all = rule.between(start, start.plus(STRIDES.getLast()));
            if (all.isEmpty()) {
                return Optional.of("rrule: '" + rrule + "' never comes at or after the start " + start);
            }
            return all.getFirst().equals(start)
                    ? Optional.empty()
                    : Optional.of("start: " + start + " is no time by the rule '" + rrule
                            + "'; the first one after it is " + all.getFirst());
        } catch (IllegalArgumentException e) {
            return Optional.of("rrule: '" + rrule + "': " + e.getMessage());
        }
    }

    /** Those after one instant, up to the other and with it, in order, each once. */
    public List<Instant> within(Instant after, Instant until) {
        if (!after.isBefore(until)) {
            return List.of();
        }
        if (rrule.isEmpty()) {
            Instant once = LocalTimes.instant(start, zone);
            return once.isAfter(after) && !once.isAfter(until) ? List.of(once) : List.of();
        }
        // A day each way for the zone's transitions.
        return Recurrence.parse(rrule.get(), start, zone)
                .between(
                        LocalDateTime.ofInstant(after, zone).minusDays(1),
                        LocalDateTime.ofInstant(until, zone).plusDays(1))
                .stream()
                .map(local -> LocalTimes.instant(local, zone))
                .filter(at -> at.isAfter(after) && !at.isAfter(until))
                .sorted()
                .distinct()
                .toList();
    }

    /** The first one after this instant. */
    public Optional<Instant> next(Instant after) {
        LocalDateTime here = LocalDateTime.ofInstant(after, zone);
        LocalDateTime from = start.isAfter(here) ? start : here;
        return STRIDES.stream()
                .map(stride -> within(after, LocalTimes.instant(from.plus(stride), zone)))
                .filter(found -> !found.isEmpty())
                .map(List::getFirst)
                .findFirst();
    }
}
