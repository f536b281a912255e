package dev.drydock.controller.window;

import dev.drydock.controller.window.ContentLines.Line;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the zone names of one iCalendar file mean: those of the IANA database as this machine knows them, also behind a
 * prefix of the program that wrote them; others ("W. Europe Standard Time") as the file's own VTIMEZONE says.
 */
final class CalendarZones {
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2})(\\d{2})(\\d{2})?");
    private static final Set<String> IANA = ZoneId.getAvailableZoneIds();
    /** Of VTIMEZONE rules without end: windows are looked at no further ahead. */
    private static final LocalDateTime LAST = LocalDateTime.of(2070, 1, 1, 0, 0);

    private static final LocalDateTime FIRST = LocalDateTime.of(1990, 1, 1, 0, 0);

    private final Map<String, CalendarComponent> written = new HashMap<>();
    private final Map<String, ZoneRules> known = new HashMap<>();

    CalendarZones(List<CalendarComponent> zones) {
        for (CalendarComponent zone : zones) {
            zone.property("TZID").ifPresent(id -> written.put(id.value(), zone));
        }
    }

    ZoneRules rules(String id, int line) throws InvalidCalendarException {
        ZoneRules rules = known.get(id);
        if (rules == null) {
            rules = find(id, line);
            known.put(id, rules);
        }
        return rules;
    }

    private ZoneRules find(String id, int line) throws InvalidCalendarException {
        CalendarComponent own = written.get(id);
        Optional<ZoneRules> iana = iana(id).or(() -> Optional.ofNullable(own)
                .flatMap(zone -> zone.property("X-LIC-LOCATION"))
                .flatMap(location -> iana(location.value())));
        if (iana.isPresent()) {
            return iana.get();
        }
        if (own == null) {
            throw new InvalidCalendarException(
                    line,
                    "TZID '" + id + "' is no zone of the IANA database, and the file has no VTIMEZONE of that name");
        }
        return ownRules(own);
    }

    /** {@code /mozilla.org/20050126_1/Europe/Berlin} is Europe/Berlin. */
    private static Optional<ZoneRules> iana(String id) {
        String rest = id.trim();
        while (true) {
            if (IANA.contains(rest)) {
                return Optional.of(ZoneId.of(rest).getRules());
            }
            int slash = rest.indexOf('/');
            if (slash < 0 || !id.startsWith("/")) {
                return Optional.empty();
            }
            rest = rest.substring(slash + 1);
        }
    }

    private static ZoneRules ownRules(CalendarComponent zone) throws InvalidCalendarException {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        List<Line> offsets = new ArrayList<>();
        for (CalendarComponent part : zone.children()) {
            Line to = required(part, "TZOFFSETTO");
            offsets.add(to);
            ZoneOffset before = offset(required(part, "TZOFFSETFROM"));
            ZoneOffset after = offset(to);
            if (!before.equals(after)) {
                for (LocalDateTime onset : onsets(part)) {
                    changes.add(ZoneOffsetTransition.of(onset, before, after));
                }
            }
        }
        if (offsets.isEmpty()) {
            throw new InvalidCalendarException(zone.line(), "VTIMEZONE has neither STANDARD nor DAYLIGHT");
        }
        changes.sort(Comparator.naturalOrder());
        ZoneOffset base = changes.isEmpty()
                ? offset(offsets.getFirst())
                : changes.getFirst().getOffsetBefore();
        try {
            return ZoneRules.of(base, base, List.of(), changes, List.of());
        } catch (IllegalArgumentException e) {
            throw new InvalidCalendarException(zone.line(), "VTIMEZONE contradicts itself: " + e.getMessage());
        }
    }

    private static List<LocalDateTime> onsets(CalendarComponent part) throws InvalidCalendarException {
        LocalDateTime start = CalendarTime.local(required(part, "DTSTART"));
        List<LocalDateTime> onsets = new ArrayList<>();
        if (!start.isBefore(FIRST) && start.isBefore(LAST)) {
            onsets.add(start);
        }
        for (Line rule : part.properties("RRULE")) {
            onsets.addAll(CalendarEvent.recurrence(rule, start, ZoneOffset.UTC.getRules())
                    .between(FIRST, LAST));
        }
        return onsets.stream().distinct().toList();
    }

    private static Line required(CalendarComponent part, String name) throws InvalidCalendarException {
        return part.property(name)
                .orElseThrow(() -> new InvalidCalendarException(part.line(), part.name() + " has no " + name));
    }

    private static ZoneOffset offset(Line line) throws InvalidCalendarException {
        Matcher matcher = OFFSET.matcher(line.value().trim());
        try {
            if (matcher.matches()) {
                int sign = matcher.group(1).equals("-") ? -1 : 1;
                return ZoneOffset.ofHoursMinutesSeconds(
                        sign * Integer.parseInt(matcher.group(2)),
                        sign * Integer.parseInt(matcher.group(3)),
                        sign * (matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4))));
            }
        } catch (DateTimeException e) {
            throw new InvalidCalendarException(line.number(), line.name() + ":" + line.value() + ": " + e.getMessage());
        }
        throw new InvalidCalendarException(
                line.number(), line.name() + ":" + line.value() + " is no offset; expected for example +0100");
    }
}
