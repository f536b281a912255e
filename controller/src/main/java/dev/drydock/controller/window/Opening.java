package dev.drydock.controller.window;

import java.time.Instant;

/**
 * One time that a window is open.
 *
 * @param opens inclusive
 * @param closes exclusive; what runs must have ended by then
 * @param startBefore exclusive; no run starts at or after it ({@code closes} less the window's cutoff)
 */
public record Opening(Instant opens, Instant closes, Instant startBefore) {
    public Opening {
        if (!opens.isBefore(closes)) {
            throw new IllegalArgumentException("opening from " + opens + " to " + closes + " has no length");
        }
        if (startBefore.isAfter(closes)) {
            throw new IllegalArgumentException("start_before " + startBefore + " is after the close " + closes);
        }
    }

    public boolean covers(Instant at) {
        return !at.isBefore(opens) && at.isBefore(closes);
    }

    /** Whether a run may start at this instant. */
    public boolean admits(Instant at) {
        return !at.isBefore(opens) && at.isBefore(startBefore);
    }
}
