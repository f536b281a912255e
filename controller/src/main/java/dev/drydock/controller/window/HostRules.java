package dev.drydock.controller.window;

import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which hosts windows are for, and for which two of them contradict each other. Two windows with a selector contradict each
 * other for a host that both select, when one of them is to be the only one of its hosts, when they keep different calendars,
 * or when both are open at one time in the next year and differ in cutoff or reserve. Immutable.
 */
public final class HostRules {
    private static final int DAYS_AHEAD = 366;

    private final List<Pair> pairs;

    /** What is known at the time of asking. */
    public interface Source extends Supplier<HostRules> {}

    private record Selecting(Window window, Optional<HostPredicate> hosts) {
        boolean selects(Host host) {
            try {
                // What cannot be evaluated may be meant.
                return hosts.isEmpty() || hosts.get().selects(host, Map.of());
            } catch (EvaluationException e) {
                return true;
            }
        }
    }

    private record Pair(Selecting one, Selecting other, String why) {
        boolean both(Host host) {
            return one.selects(host) && other.selects(host);
        }

        String text() {
            return "windows " + one.window().name() + " and " + other.window().name() + " contradict each other: "
                    + why;
        }

        boolean names(String window) {
            return one.window().name().equals(window) || other.window().name().equals(window);
        }
    }

    /** @param now from where on windows are compared */
    public HostRules(List<Window> windows, Instant now) {
        List<Selecting> selecting = windows.stream()
                .filter(window -> window.hosts().isPresent())
                .map(window -> new Selecting(window, compiled(window.hosts().get())))
                .toList();
        List<Pair> found = new ArrayList<>();
        for (int i = 0; i < selecting.size(); i++) {
            for (int j = i + 1; j < selecting.size(); j++) {
                Selecting one = selecting.get(i);
                Selecting other = selecting.get(j);
                difference(one.window(), other.window(), now).ifPresent(why -> found.add(new Pair(one, other, why)));
            }
        }
        this.pairs = List.copyOf(found);
    }

    /** Empty: it cannot be read any more, and may mean every host. */
    private static Optional<HostPredicate> compiled(String selector) {
        try {
            return Optional.of(Expressions.compile(selector));
        } catch (InvalidExpressionException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> difference(Window one, Window other, Instant now) {
        if (one.exclusive() || other.exclusive()) {
            return Optional.of((one.exclusive() ? one : other).name() + " is to be the only one of its hosts");
        }
        if (!one.calendars().equals(other.calendars())) {
            return Optional.of("they keep different calendars");
        }
        boolean differ = !one.cutoff().equals(other.cutoff()) || !one.reserve().equals(other.reserve());
        return differ
                ? together(one, other, now).map(at -> "both are open at " + at + " and differ in cutoff or reserve")
                : Optional.empty();
    }

    private static Optional<Instant> together(Window one, Window other, Instant now) {
        Instant end = now.plus(DAYS_AHEAD, ChronoUnit.DAYS);
        List<Opening> first = new RegularOpenings(one).between(now, end);
        List<Opening> second = new RegularOpenings(other).between(now, end);
        int j = 0;
        for (Opening opening : first) {
            while (j < second.size() && !second.get(j).closes().isAfter(opening.opens())) {
                j++;
            }
            if (j < second.size() && second.get(j).opens().isBefore(opening.closes())) {
                Instant later = second.get(j).opens();
                return Optional.of(later.isAfter(opening.opens()) ? later : opening.opens());
            }
        }
        return Optional.empty();
    }

    /** Whether no two windows can contradict each other, whatever the hosts. */
    public boolean agree() {
        return pairs.isEmpty();
    }

    /** Why nothing may start on this host: two windows contradict each other for it; empty: none do. */
    public Optional<String> contradiction(Host host) {
        return pairs.stream().filter(pair -> pair.both(host)).findFirst().map(Pair::text);
    }

    /** One line for each window that contradicts this one, with the hosts. */
    public List<String> contradictions(String window, Collection<Host> hosts) {
        return pairs.stream()
                .filter(pair -> pair.names(window))
                .flatMap(pair -> {
                    List<String> both =
                            hosts.stream().filter(pair::both).map(Host::getName).toList();
                    return both.isEmpty() ? Stream.empty() : Stream.of(pair.text() + " (" + some(both) + ")");
                })
                .toList();
    }

    private static String some(List<String> hosts) {
        int shown = 5;
        return String.join(", ", hosts.subList(0, Math.min(shown, hosts.size())))
                + (hosts.size() > shown ? " and " + (hosts.size() - shown) + " more" : "");
    }

    /** Why this window is not for a host; empty: it is. To be made once for many hosts. */
    public static Function<Host, Optional<String>> outside(Window window) {
        if (window.hosts().isEmpty()) {
            return host -> Optional.empty();
        }
        String selector = window.hosts().get();
        Optional<HostPredicate> condition = compiled(selector);
        return host -> {
            try {
                return condition.isPresent() && condition.get().selects(host, Map.of())
                        ? Optional.empty()
                        : Optional.of("window " + window.name() + " is not for it: " + selector);
            } catch (EvaluationException e) {
                return Optional.of(
                        "the selector of window " + window.name() + " has no answer for it: " + e.getMessage());
            }
        };
    }
}
