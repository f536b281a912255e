package dev.drydock.controller.window;

import java.time.Instant;

/**
 * A time in which nothing may be changed.
 *
 * @param summary what the calendar says of it; may be empty
 * @param from inclusive
 * @param to exclusive; that of a moment without length is the moment itself
 */
public record Blackout(String calendar, String summary, Instant from, Instant to) {
    public Blackout {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("blackout from " + from + " to " + to + " ends before it begins");
        }
    }

    /** Whether it takes anything of {@code [opens, closes)}. */
    boolean touches(Instant opens, Instant closes) {
        return from.isBefore(closes) && (to.isAfter(opens) || (to.equals(from) && !from.isBefore(opens)));
    }

    /** One line for people, without the time. */
    public String title() {
        return "calendar " + calendar + (summary.isBlank() ? "" : " (" + summary + ")");
    }
}
