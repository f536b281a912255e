package dev.drydock.controller.window;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all calendars say at one time. A calendar that is not in it was never read: nobody knows what it forbids, so windows
 * that name it do not open.
 */
public final class Blackouts {
    /** No calendar was read. */
    public static final Blackouts NONE = new Blackouts(Map.of());

    private final Map<String, BlackoutCalendar> calendars;

    public Blackouts(Map<String, BlackoutCalendar> calendars) {
        this.calendars = Map.copyOf(calendars);
    }

    public static Blackouts of(BlackoutCalendar... calendars) {
        Map<String, BlackoutCalendar> byName = new HashMap<>();
        for (BlackoutCalendar calendar : calendars) {
            byName.put(calendar.name(), calendar);
        }
        return new Blackouts(byName);
    }

    public Optional<BlackoutCalendar> calendar(String name) {
        return Optional.ofNullable(calendars.get(name));
    }

    /** Those of the names that were never read. */
    public List<String> unread(List<String> names) {
        return names.stream().filter(name -> !calendars.containsKey(name)).toList();
    }

    /** Those of the named calendars that touch {@code [from, to)}, by their begin. */
    public List<Blackout> between(List<String> names, Instant from, Instant to, ZoneId zone) {
        return names.stream()
                .map(calendars::get)
                .filter(Objects::nonNull)
                .flatMap(calendar -> calendar.between(from, to, zone).stream())
                .sorted(Comparator.comparing(Blackout::from).thenComparing(Blackout::to))
                .toList();
    }

    /** For whoever decides often: what is known at the time of asking. */
    public interface Source extends Supplier<Blackouts> {}
}
