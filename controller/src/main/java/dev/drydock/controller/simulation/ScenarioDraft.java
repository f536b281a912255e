package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CalendarDates;
import dev.drydock.controller.window.InvalidCalendarException;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as somebody wrote it.
 *
 * @param window without calendars
 * @param freezes in which it does not open, as {@link CalendarDates} reads them; blank: none
 * @param from the first day, ISO 8601, in the window's zone
 * @param releases RFC 5545 recurrence rule of the days on which a new rollout is made; empty: one, on the first day
 * @param grain zero: what suits the number of hosts
 */
public record ScenarioDraft(
        int hosts,
        List<GroupDraft> groups,
        WindowDraft window,
        String freezes,
        Strategy strategy,
        String from,
        int months,
        String releases,
        boolean supersede,
        Duration grain,
        long seed) {
    /** What one simulation may cost. */
    public static final int MOST_HOSTS = 100_000;

    private static final String FREEZES = "freezes";
    private static final int MOST_MONTHS = 60;
    private static final int MOST_RELEASES = 120;
    private static final Duration COARSEST = Duration.ofMinutes(10);

    /** Without freezes. */
    public ScenarioDraft(
            int hosts,
            List<GroupDraft> groups,
            WindowDraft window,
            Strategy strategy,
            String from,
            int months,
            String releases,
            boolean supersede,
            Duration grain,
            long seed) {
        this(hosts, groups, window, "", strategy, from, months, releases, supersede, grain, seed);
    }

    /** @throws InvalidScenarioException with every problem found */
    public Scenario validate() throws InvalidScenarioException {
        List<String> problems = new ArrayList<>();
        fleet(problems);
        Blackouts blackouts = blackouts(problems);
        Optional<Window> checked = window(problems);
        strategy.problems().forEach(problem -> problems.add("strategy." + problem));
        if (!strategy.neverTogether().isEmpty() && groups.stream().allMatch(group -> group.clusterSize() <= 0)) {
            problems.add(
                    "strategy.never_together: no group has a cluster_size, so that there is nothing to keep apart");
        }
        if (months < 1 || months > MOST_MONTHS) {
            problems.add("span.months: " + months + " is not between 1 and " + MOST_MONTHS);
        }
        LocalDate first = first(problems);
        if (grain.isNegative() || grain.compareTo(COARSEST) > 0 || (grain.isPositive() && grain.toSeconds() < 1)) {
            problems.add("grain: is not between 1s and 10m");
        }
        List<Instant> days = first == null || checked.isEmpty() || !problems.isEmpty()
                ? List.of()
                : days(first, checked.get(), problems);
        if (!problems.isEmpty() || first == null || checked.isEmpty()) {
            throw new InvalidScenarioException(problems);
        }
        ZoneId zone = checked.get().zone();
        return new Scenario(
                sized(),
                checked.get(),
                blackouts,
                strategy,
                first.atStartOfDay(zone).toInstant(),
                first.plusMonths(months).atStartOfDay(zone).toInstant(),
                days,
                supersede,
                grain.isZero() ? suitable(hosts) : grain,
                seed);
    }

    private void fleet(List<String> problems) {
        if (hosts < 1 || hosts > MOST_HOSTS) {
            problems.add("fleet.hosts: " + hosts + " is not between 1 and " + MOST_HOSTS);
        }
        if (groups.isEmpty()) {
            problems.add("fleet.groups: is empty; describe at least one group of hosts");
        }
        Set<String> names = new HashSet<>();
        double shares = 0;
        for (int i = 0; i < groups.size(); i++) {
            String path = "fleet.groups[" + i + "]";
            groups.get(i).check(path, problems);
            shares += groups.get(i).share();
            if (!names.add(groups.get(i).name())) {
                problems.add(path + ".name: '" + groups.get(i).name() + "' is the name of another group, too");
            }
        }
        if (!groups.isEmpty() && Math.abs(shares - 1) > 1e-6) {
            problems.add("fleet.groups: their shares add up to " + GroupDraft.percent(shares) + ", not to 100%");
        }
    }

    private Optional<Window> window(List<String> problems) {
        try {
            return Optional.of(
                    window.in(freezes.isBlank() ? List.of() : List.of(FREEZES)).validate());
        } catch (InvalidWindowException e) {
            e.problems().forEach(problem -> problems.add("window." + problem));
            return Optional.empty();
        }
    }

    private Blackouts blackouts(List<String> problems) {
        if (freezes.isBlank()) {
            return Blackouts.NONE;
        }
        try {
            String written = CalendarDates.iCalendar(FREEZES, freezes);
            return Blackouts.of(BlackoutCalendar.parse(FREEZES, written, Optional.empty()));
        } catch (InvalidCalendarException e) {
            problems.add("window.freezes: " + e.getMessage());
            return Blackouts.NONE;
        }
    }

    private @Nullable LocalDate first(List<String> problems) {
        try {
            return LocalDate.parse(from);
        } catch (DateTimeException e) {
            problems.add("span.from: '" + from + "' is no day; write for example 2026-12-01");
            return null;
        }
    }

    private List<Instant> days(LocalDate first, Window of, List<String> problems) {
        Instant end = first.plusMonths(months).atStartOfDay(of.zone()).toInstant();
        if (releases.isBlank()) {
            return List.of(first.atStartOfDay(of.zone()).toInstant());
        }
        // As a window that opens on each of these days, for the same reading of the rule and of the zone.
        Window each = new Window(
                "releases",
                Optional.of(releases.trim()),
                first.atStartOfDay(),
                of.zone(),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO);
        try {
            List<Instant> days = new Openings(each)
                    .next(first.atStartOfDay(of.zone()).toInstant(), MOST_RELEASES + 1).stream()
                            .map(Opening::opens)
                            .filter(day -> day.isBefore(end))
                            .toList();
            if (days.isEmpty()) {
                problems.add("releases.rrule: '" + releases + "' gives no day in the span");
            } else if (days.size() > MOST_RELEASES) {
                problems.add("releases.rrule: '" + releases + "' gives more than " + MOST_RELEASES
                        + " days in the span; a simulation takes so many rollouts at most");
            }
            return days;
        } catch (IllegalArgumentException e) {
            problems.add("releases.rrule: '" + releases + "': " + e.getMessage());
            return List.of();
        }
    }

    /** What is left by rounding goes to the last group. */
    private List<HostGroup> sized() {
        List<HostGroup> sized = new ArrayList<>();
        int left = hosts;
        for (int i = 0; i < groups.size(); i++) {
            int size = i == groups.size() - 1
                    ? left
                    : Math.min(left, (int) Math.round(hosts * groups.get(i).share()));
            sized.add(groups.get(i).group(size));
            left -= size;
        }
        return sized;
    }

    private static Duration suitable(int hosts) {
        if (hosts <= 1_000) {
            return Duration.ofSeconds(1);
        }
        return hosts <= 10_000 ? Duration.ofSeconds(5) : Duration.ofSeconds(30);
    }
}
