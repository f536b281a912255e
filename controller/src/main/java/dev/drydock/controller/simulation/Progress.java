package dev.drydock.controller.simulation;

import java.time.Instant;

/** Is told how far a simulation is; by the thread that simulates, often. */
@FunctionalInterface
public interface Progress {
    /**
     * @param at in virtual time
     * @throws java.util.concurrent.CancellationException to end it
     */
    void reached(Instant at);
}
