package dev.drydock.controller.window;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A local time and its zone, as people write them. */
final class Beginning {
    private Beginning() {}

    /** @return null: it is none, and the problems say so */
    static @Nullable LocalDateTime local(String start, List<String> problems) {
        try {
            return LocalDateTime.parse(start);
        } catch (DateTimeException e) {
            problems.add(
                    "start: '" + start
                            + "' is no local date and time; write for example 2026-11-29T02:00 (the offset comes from the zone)");
            return null;
        }
    }

    /** @return null: it is none, and the problems say so */
    static @Nullable ZoneId zone(String zone, List<String> problems) {
        if (ZoneId.getAvailableZoneIds().contains(zone)) {
            return ZoneId.of(zone);
        }
        problems.add("zone: '" + zone + "' is no zone of the IANA database; write for example Europe/Berlin or UTC"
                + similar(zone).map(found -> "; did you mean " + found + "?").orElse(""));
        return null;
    }

    private static Optional<String> similar(String zone) {
        String wanted = zone.trim().replace(' ', '_');
        return new TreeSet<>(ZoneId.getAvailableZoneIds())
                .stream()
                        .filter(id -> id.equalsIgnoreCase(wanted)
                                || id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted))
                        .findFirst();
    }
}
