package dev.drydock.controller.rollout;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time as the store keeps it, so that what is decided and what is read back are the same. */
final class Micros {
    private Micros() {}

    static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
