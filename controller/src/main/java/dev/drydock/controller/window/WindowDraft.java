package dev.drydock.controller.window;

import dev.drydock.controller.naming.ResourceName;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A window as somebody wrote it.
 *
 * @param rrule empty: once
 * @param start local, ISO 8601 without offset
 * @param reserve empty: {@link Window#DEFAULT_RESERVE}
 * @param hosts CEL over {@code host}; blank: all
 * @param calendars names of those in whose blackouts it does not open
 */
public record WindowDraft(
        String name,
        String rrule,
        String start,
        String zone,
        Duration duration,
        Duration cutoff,
        Optional<Duration> reserve,
        List<String> calendars,
        String hosts,
        boolean exclusive) {
    /** The window that an emergency makes for itself. */
    public static final String EMERGENCY = "emergency";

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int COMPARED_OPENINGS = 400;

    /** One for all hosts. */
    public WindowDraft(
            String name,
            String rrule,
            String start,
            String zone,
            Duration duration,
            Duration cutoff,
            Optional<Duration> reserve,
            List<String> calendars) {
        this(name, rrule, start, zone, duration, cutoff, reserve, calendars, "", false);
    }

    /** The same, with these calendars. */
    public WindowDraft in(List<String> others) {
        return new WindowDraft(name, rrule, start, zone, duration, cutoff, reserve, others, hosts, exclusive);
    }

    /** One without calendars. */
    public WindowDraft(
            String name,
            String rrule,
            String start,
            String zone,
            Duration duration,
            Duration cutoff,
            Optional<Duration> reserve) {
        this(name, rrule, start, zone, duration, cutoff, reserve, List.of(), "", false);
    }

    /** @throws InvalidWindowException with every problem found */
    public Window validate() throws InvalidWindowException {
        List<String> problems = new ArrayList<>();
        ResourceName.problem(name).ifPresent(problems::add);
        if (name.equals(EMERGENCY)) {
            problems.add("name: '" + name + "' is kept for rollouts without a window; choose another");
        }
        @Nullable LocalDateTime local = Beginning.local(start, problems);
        @Nullable ZoneId where = Beginning.zone(zone, problems);
        durations(problems);
        selector(problems);
        calendars.stream()
                .filter(calendar -> !ResourceName.isOne(calendar))
                .forEach(calendar -> problems.add("calendars: '" + calendar + "' is no name of a calendar"));
        if (local != null && where != null && !rrule.isBlank()) {
            rule(local, where, problems);
        }
        if (!problems.isEmpty() || local == null || where == null) {
            throw new InvalidWindowException(problems);
        }
        Optional<String> rule = rrule.isBlank() ? Optional.empty() : Optional.of(rrule.trim());
        return new Window(
                name,
                rule,
                local,
                where,
                duration,
                cutoff,
                reserve.orElse(Window.DEFAULT_RESERVE),
                calendars,
                hosts.isBlank() ? Optional.empty() : Optional.of(hosts.trim()),
                exclusive);
    }

    private void selector(List<String> problems) {
        if (hosts.isBlank()) {
            if (exclusive) {
                problems.add("exclusive: a window is the only one of its hosts; say which with hosts");
            }
            return;
        }
        try {
            Expressions.compile(hosts.trim());
        } catch (InvalidExpressionException e) {
            problems.add("hosts: " + e.getMessage());
        }
    }

    private void durations(List<String> problems) {
        if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
            problems.add("duration: " + Units.text(duration) + " is not between 1s and " + Units.text(LONGEST));
        } else if (cutoff.isNegative() || cutoff.compareTo(duration) >= 0) {
            problems.add("cutoff: " + Units.text(cutoff) + " must be shorter than the window's duration, "
                    + Units.text(duration) + ", or no run could ever start");
        }
        reserve.filter(length -> length.isNegative() || length.compareTo(LONGEST) > 0)
                .ifPresent(length -> problems.add(
                        "reserve: " + Units.text(length) + " is not between 0s and " + Units.text(LONGEST)));
    }

    private void rule(LocalDateTime local, ZoneId where, List<String> problems) {
        Recurrence rule;
        try {
            rule = Recurrence.parse(rrule, local, where);
        } catch (IllegalArgumentException e) {
            problems.add("rrule: '" + rrule + "': " + e.getMessage());
            return;
        }
        if (rule.tooFrequent()) {
            problems.add("rrule: '" + rrule
                    + "': a window opens hourly at most; use FREQ=HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
            return;
        }
        List<LocalDateTime> first =
                rule.between(local, local.plusYears(12)).stream().limit(1).toList();
        if (first.isEmpty()) {
            problems.add("rrule: '" + rrule + "' never opens at or after the start " + local);
        } else if (!first.getFirst().equals(local)) {
            problems.add("start: " + local + " is no opening by the rule '" + rrule + "'; the first one after it is "
                    + first.getFirst());
        }
        RegularOpenings.shortestSpacing(rule, local, COMPARED_OPENINGS)
                .filter(spacing -> duration.compareTo(spacing) > 0)
                .ifPresent(spacing -> problems.add("duration: " + Units.text(duration)
                        + " is longer than the time to the next opening, " + Units.text(spacing)
                        + "; openings must not overlap"));
    }
}
