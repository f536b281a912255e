package dev.drydock.controller.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a window's own rule opens it, blackouts not asked. Openings never overlap: where the clock's jump brings two together
 * (a 24-hour window on a 23-hour day) the earlier closes when the later opens.
 */
final class RegularOpenings {
    /** A rule with no occurrence in so many years has none as far as operations go. */
    private static final int HORIZON_YEARS = 12;

    private static final List<Period> STRIDES =
            List.of(Period.ofDays(40), Period.ofYears(2), Period.ofYears(HORIZON_YEARS));

    private final Window window;
    private final Optional<Recurrence> recurrence;

    RegularOpenings(Window window) {
        this.window = window;
        this.recurrence = window.rrule().map(rule -> Recurrence.parse(rule, window.start(), window.zone()));
    }

    /** Up to {@code count} openings that close after this instant, in order: one that is open now comes first. */
    List<Opening> next(Instant at, int count) {
        if (recurrence.isEmpty()) {
            Opening once = opening(LocalTimes.instant(window.start(), window.zone()));
            return count > 0 && once.closes().isAfter(at) ? List.of(once) : List.of();
        }
        List<Opening> found = List.of();
        for (Period stride : STRIDES) {
            LocalDateTime here = LocalDateTime.ofInstant(at, window.zone());
            LocalDateTime first = window.start().isAfter(here) ? window.start() : here;
            found = expand(recurrence.get(), at, first.plus(stride)).stream()
                    .limit(count)
                    .toList();
            if (found.size() >= count) {
                break;
            }
        }
        return found;
    }

    /** Those that have any part in {@code [from, to)}, in order. */
    List<Opening> between(Instant from, Instant to) {
        List<Opening> found = recurrence.isEmpty()
                ? next(from, 1)
                : expand(recurrence.get(), from, LocalDateTime.ofInstant(to, window.zone()));
        return found.stream().filter(opening -> opening.opens().isBefore(to)).toList();
    }

    /** The one that opens at this instant. */
    Optional<Opening> at(Instant opens) {
        return next(opens, 1).stream()
                .filter(opening -> opening.opens().equals(opens))
                .findFirst();
    }

    /** What the change of clocks does to it, one line; empty: nothing. */
    String daylight(Opening opening) {
        ZoneRules rules = window.zone().getRules();
        LocalDateTime wall = LocalTimes.local(opening.opens(), rules);
        boolean meant = recurrence
                .map(rule -> !rule.between(wall, wall.plusSeconds(1)).isEmpty())
                .orElseGet(() -> window.start().equals(wall));
        if (!meant) {
            return "the clock jumps over the time that the rule gives; taken with the offset before, at "
                    + wall.toLocalTime();
        }
        return rules.getValidOffsets(wall).size() > 1
                ? wall.toLocalTime() + " comes twice that day; taken the first time"
                : "";
    }

    private List<Opening> expand(Recurrence rule, Instant at, LocalDateTime to) {
        // A day each way for the zone's transitions; the duration back for an opening that is under way.
        LocalDateTime from = LocalDateTime.ofInstant(at, window.zone())
                .minus(window.duration())
                .minusDays(2);
        List<Instant> opens = rule.between(from, to.plusDays(1)).stream()
                .map(local -> LocalTimes.instant(local, window.zone()))
                .sorted()
                .distinct()
                .toList();
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < opens.size(); i++) {
            Opening opening = opening(opens.get(i));
            if (i + 1 < opens.size() && opens.get(i + 1).isBefore(opening.closes())) {
                opening = until(opening.opens(), opens.get(i + 1));
            }
            if (opening.closes().isAfter(at)) {
                openings.add(opening);
            }
        }
        return openings;
    }

    private Opening opening(Instant opens) {
        return until(opens, opens.plus(window.duration()));
    }

    private Opening until(Instant opens, Instant closes) {
        Instant startBefore = closes.minus(window.cutoff());
        return new Opening(opens, closes, startBefore.isBefore(opens) ? opens : startBefore);
    }

    /** The shortest time from one opening to the next among the first {@code count} by the local clock; empty: fewer than two. */
    static Optional<Duration> shortestSpacing(Recurrence rule, LocalDateTime start, int count) {
        List<LocalDateTime> times = List.of();
        for (Period stride : STRIDES) {
            times = rule.between(start, start.plus(stride)).stream()
                    .limit(count)
                    .toList();
            if (times.size() >= count) {
                break;
            }
        }
        Optional<Duration> shortest = Optional.empty();
        for (int i = 1; i < times.size(); i++) {
            Duration spacing = Duration.between(times.get(i - 1), times.get(i));
            if (shortest.isEmpty() || spacing.compareTo(shortest.get()) < 0) {
                shortest = Optional.of(spacing);
            }
        }
        return shortest;
    }
}
