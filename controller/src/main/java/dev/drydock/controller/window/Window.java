package dev.drydock.controller.window;

import dev.drydock.controller.naming.Fingerprint;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A maintenance window. Made by {@link WindowDraft#validate()}, so that it is known to make sense; read by {@link Openings}.
 *
 * @param rrule RFC 5545 recurrence rule; empty: opens once, at {@code start}
 * @param start the first opening, local in {@code zone}
 * @param duration elapsed time from each opening's instant to its close, whatever the local clock does in between
 * @param cutoff no run starts in the last part of this length
 * @param reserve how long after the close a run may still be reporting (a reboot or a rollback that took its time) before
 *     it counts as lost
 * @param hosts CEL over {@code host}: which it is for; empty: all
 * @param exclusive the only window with a selector that its hosts may have
 * @param calendars in whose blackouts it does not open; sorted, each once
 */
public record Window(
        String name,
        Optional<String> rrule,
        LocalDateTime start,
        ZoneId zone,
        Duration duration,
        Duration cutoff,
        Duration reserve,
        List<String> calendars,
        Optional<String> hosts,
        boolean exclusive) {
    public Window {
        calendars = calendars.stream().sorted().distinct().toList();
    }

    /** One for all hosts. */
    public Window(
            String name,
            Optional<String> rrule,
            LocalDateTime start,
            ZoneId zone,
            Duration duration,
            Duration cutoff,
            Duration reserve,
            List<String> calendars) {
        this(name, rrule, start, zone, duration, cutoff, reserve, calendars, Optional.empty(), false);
    }

    /** One without calendars. */
    public Window(
            String name,
            Optional<String> rrule,
            LocalDateTime start,
            ZoneId zone,
            Duration duration,
            Duration cutoff,
            Duration reserve) {
        this(name, rrule, start, zone, duration, cutoff, reserve, List.of());
    }

    /** Differs wherever two windows of one name differ. */
    public String etag() {
        return Fingerprint.of(List.of(
                rrule.orElse(""),
                start.toString(),
                zone.getId(),
                duration.toString(),
                cutoff.toString(),
                reserve.toString(),
                String.join(",", calendars),
                hosts.orElse(""),
                String.valueOf(exclusive)));
    }

    /** The reserve where none is written. */
    public static final Duration DEFAULT_RESERVE = Duration.ofMinutes(15);
}
