package dev.drydock.controller.window;

import java.util.Optional;

/**
 * An opening as the window's rule gives it, and what calendars leave of it.
 *
 * @param opening empty: it does not happen; else it opens as the rule says and may close sooner
 * @param why it does not happen or closes sooner, one line; empty: all of it is left
 * @param blackout that takes it or its end; empty: none, or a calendar that was never read
 */
public record Slot(Opening byRule, Optional<Opening> opening, String why, Optional<Blackout> blackout) {
    /** It happens, but not for as long as the rule says. */
    public boolean cut() {
        return opening.isPresent() && !why.isEmpty();
    }

    /** It does not happen at all. */
    public boolean lost() {
        return opening.isEmpty();
    }
}
