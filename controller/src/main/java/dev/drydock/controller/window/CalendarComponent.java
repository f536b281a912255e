package dev.drydock.controller.window;

import dev.drydock.controller.window.ContentLines.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A component of an iCalendar file: its properties and the components in it. */
record CalendarComponent(String name, int line, List<Line> properties, List<CalendarComponent> children) {
    private static final int DEEPEST = 8;

    /** @throws InvalidCalendarException it is no VCALENDAR, or one that is cut off or nested wrongly */
    static CalendarComponent read(String text) throws InvalidCalendarException {
        Deque<CalendarComponent> open = new ArrayDeque<>();
        List<CalendarComponent> roots = new ArrayList<>();
        for (Line line : ContentLines.read(text)) {
            String value = line.value().trim().toUpperCase(Locale.ROOT);
            if (line.name().equals("BEGIN")) {
                begin(open, roots, line, value);
            } else if (open.isEmpty()) {
                throw new InvalidCalendarException(
                        line.number(), "'" + line.name() + "' stands outside of BEGIN:VCALENDAR and END:VCALENDAR");
            } else if (line.name().equals("END")) {
                CalendarComponent ended = open.pop();
                if (!ended.name().equals(value)) {
                    throw new InvalidCalendarException(
                            line.number(),
                            "END:" + value + " where END:" + ended.name() + " was expected (it begins in line "
                                    + ended.line() + ")");
                }
            } else {
                open.element().properties().add(line);
            }
        }
        if (!open.isEmpty()) {
            throw new InvalidCalendarException(
                    open.element().line(), open.element().name() + " has no end; the file is cut off");
        }
        if (roots.isEmpty()) {
            throw new InvalidCalendarException(1, "there is no BEGIN:VCALENDAR; this is no iCalendar file");
        }
        return new CalendarComponent(
                "",
                1,
                List.of(),
                roots.stream().flatMap(root -> root.children().stream()).toList());
    }

    private static void begin(Deque<CalendarComponent> open, List<CalendarComponent> roots, Line line, String name)
            throws InvalidCalendarException {
        CalendarComponent component = new CalendarComponent(name, line.number(), new ArrayList<>(), new ArrayList<>());
        if (open.isEmpty() && !name.equals("VCALENDAR")) {
            throw new InvalidCalendarException(line.number(), "BEGIN:" + name + " where BEGIN:VCALENDAR was expected");
        }
        if (open.size() >= DEEPEST) {
            throw new InvalidCalendarException(line.number(), "components are nested more than " + DEEPEST + " deep");
        }
        (open.isEmpty() ? roots : open.element().children()).add(component);
        open.push(component);
    }

    List<CalendarComponent> all(String kind) {
        return children.stream().filter(child -> child.name().equals(kind)).toList();
    }

    Optional<Line> property(String key) {
        return properties.stream().filter(line -> line.name().equals(key)).findFirst();
    }

    List<Line> properties(String key) {
        return properties.stream().filter(line -> line.name().equals(key)).toList();
    }
}
