package dev.drydock.agent.run;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * One fault at one moment.
 *
 * @param point the point of the simulation at which it comes, counted from 1; empty: it comes at a time
 * @param at since the start of the simulation, where there is no point
 * @param lasts how long, where it does
 */
record Strike(Fault fault, OptionalInt point, Duration at, Duration lasts) {
    static Strike atPoint(Fault fault, int point, Duration lasts) {
        return new Strike(fault, OptionalInt.of(point), Duration.ZERO, lasts);
    }

    static Strike atTime(Fault fault, Duration at, Duration lasts) {
        return new Strike(fault, OptionalInt.empty(), at, lasts);
    }

    @Override
    public String toString() {
        return fault + (point.isPresent() ? " at point " + point.getAsInt() : " after " + at) + " for " + lasts;
    }
}
