package dev.drydock.controller.simulation;

import java.time.Instant;

/** Virtual time is in whole seconds. */
final class Seconds {
    private Seconds() {}

    /** The first whole second that is not before. */
    static long up(Instant at) {
        return at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
    }
}
