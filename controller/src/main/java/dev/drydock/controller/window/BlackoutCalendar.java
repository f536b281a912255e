package dev.drydock.controller.window;

import dev.drydock.controller.window.ContentLines.Line;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A calendar of times in which nothing may be changed: every event of an iCalendar file (RFC 5545) that is not cancelled,
 * busy or free. Days and times without a zone are those of the calendar's zone, or where it has none of each window's.
 * Immutable but for what it remembers of its own answers.
 */
public final class BlackoutCalendar {
    /** Longest text that is read, in bytes of UTF-8. */
    public static final int LARGEST = 2 << 20;

    private static final int MOST_EVENTS = 20_000;

    private final String name;
    private final Optional<ZoneId> zone;
    private final List<CalendarEvent> events;
    private final Map<YearIn, List<Blackout>> years = new ConcurrentHashMap<>();

    private record YearIn(int year, ZoneId zone) {}

    private BlackoutCalendar(String name, Optional<ZoneId> zone, List<CalendarEvent> events) {
        this.name = name;
        this.zone = zone;
        this.events = List.copyOf(events);
    }

    /**
     * @param zone of days and times without one; empty: the zone of each window
     * @throws InvalidCalendarException with the line and what is wrong with it
     */
    public static BlackoutCalendar parse(String name, String text, Optional<ZoneId> zone)
            throws InvalidCalendarException {
        CalendarComponent file = CalendarComponent.read(text);
        CalendarZones zones = new CalendarZones(file.all("VTIMEZONE"));
        List<CalendarComponent> components = file.all("VEVENT");
        if (components.size() > MOST_EVENTS) {
            throw new InvalidCalendarException(
                    components.get(MOST_EVENTS).line(), "a calendar has at most " + MOST_EVENTS + " events");
        }
        Map<String, List<CalendarTime>> replaced = new HashMap<>();
        for (CalendarComponent component : components) {
            Optional<Line> instance = component.property("RECURRENCE-ID");
            if (instance.isPresent()) {
                if (!instance.get().param("RANGE").isEmpty()) {
                    throw new InvalidCalendarException(
                            instance.get().number(), "RECURRENCE-ID with RANGE is not known here; write two events");
                }
                replaced.computeIfAbsent(uid(component), id -> new ArrayList<>())
                        .add(CalendarTime.one(instance.get(), zones));
            }
        }
        List<CalendarEvent> events = new ArrayList<>();
        for (CalendarComponent component : components) {
            boolean instance = component.property("RECURRENCE-ID").isPresent();
            List<CalendarTime> gone = instance ? List.of() : replaced.getOrDefault(uid(component), List.of());
            CalendarEvent event = CalendarEvent.read(component, gone, zones);
            if (!cancelled(component)) {
                events.add(event);
            }
        }
        return new BlackoutCalendar(name, zone, events);
    }

    private static String uid(CalendarComponent component) {
        // Without one an event can take the place of no other.
        return component.property("UID").map(Line::value).orElse("line " + component.line());
    }

    private static boolean cancelled(CalendarComponent component) {
        return component
                .property("STATUS")
                .map(line -> line.value().trim().toUpperCase(Locale.ROOT))
                .filter("CANCELLED"::equals)
                .isPresent();
    }

    public String name() {
        return name;
    }

    /** How many events it has; one that recurs counts once. */
    public int events() {
        return events.size();
    }

    /** Those that touch {@code [from, to)}, by their begin. */
    public List<Blackout> between(Instant from, Instant to, ZoneId windowZone) {
        ZoneId floating = zone.orElse(windowZone);
        int first = from.atOffset(ZoneOffset.UTC).getYear();
        int last = to.atOffset(ZoneOffset.UTC).getYear();
        List<Blackout> found = new ArrayList<>();
        for (int year = first; year <= last; year++) {
            for (Blackout blackout : years.computeIfAbsent(new YearIn(year, floating), this::year)) {
                if (blackout.touches(from, to)) {
                    found.add(blackout);
                }
            }
        }
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Blackout::from).thenComparing(Blackout::to))
                .toList();
    }

    private List<Blackout> year(YearIn which) {
        Instant from = Instant.parse("%04d-01-01T00:00:00Z".formatted(which.year()));
        Instant to = Instant.parse("%04d-01-01T00:00:00Z".formatted(which.year() + 1));
        ZoneRules rules = which.zone().getRules();
        return events.stream()
                .flatMap(event -> event.between(name, from, to, rules).stream())
                .sorted(Comparator.comparing(Blackout::from).thenComparing(Blackout::to))
                .toList();
    }
}
