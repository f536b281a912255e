package dev.drydock.controller.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a window is open. A pure calculation: the same window gives the same openings on every machine with the same zone
 * rules. Openings never overlap: where the clock's jump brings two together (a 24-hour window on a 23-hour day) the earlier
 * closes when the later opens. Blackout calendars will be taken out here, so that nobody else has to know of them.
 */
public final class Openings {
    /** A rule with no occurrence in so many years has none as far as operations go. */
    private static final int HORIZON_YEARS = 12;

    private static final List<Period> STRIDES =
            List.of(Period.ofDays(40), Period.ofYears(2), Period.ofYears(HORIZON_YEARS));

    private final Window window;
    private final Optional<Recurrence> recurrence;

    public Openings(Window window) {
        this.window = window;
        this.recurrence = window.rrule().map(rule -> Recurrence.parse(rule, window.start(), window.zone()));
    }

    /** The opening that covers this instant. */
    public Optional<Opening> covering(Instant at) {
        return next(at, 1).stream().filter(opening -> opening.covers(at)).findFirst();
    }

    /** Up to {@code count} openings that close after this instant, in order: one that is open now comes first. */
    public List<Opening> next(Instant at, int count) {
        if (recurrence.isEmpty()) {
            Opening once = opening(LocalTimes.instant(window.start(), window.zone()));
            return count > 0 && once.closes().isAfter(at) ? List.of(once) : List.of();
        }
        List<Opening> found = List.of();
        for (Period stride : STRIDES) {
            found = expand(recurrence.get(), at, stride).stream().limit(count).toList();
            if (found.size() >= count) {
                break;
            }
        }
        return found;
    }

    /**
     * The first opening in which a run may still start at or after {@code at}, and that opens after {@code used}: what was
     * stamped once is never used again, also when a clock was set back.
     */
    public Optional<Opening> usable(Instant at, Optional<Instant> used) {
        Instant from = used.filter(last -> last.isAfter(at)).orElse(at);
        return next(from, 3).stream()
                .filter(opening -> opening.startBefore().isAfter(at))
                .filter(opening -> used.isEmpty() || opening.opens().isAfter(used.get()))
                .findFirst();
    }

    private List<Opening> expand(Recurrence rule, Instant at, Period stride) {
        LocalDateTime here = LocalDateTime.ofInstant(at, window.zone());
        // A day each way for the zone's transitions; the duration back for an opening that is under way.
        LocalDateTime from = here.minus(window.duration()).minusDays(2);
        LocalDateTime first = window.start().isAfter(here) ? window.start() : here;
        List<Instant> opens = rule.between(from, first.plus(stride).plusDays(1)).stream()
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
