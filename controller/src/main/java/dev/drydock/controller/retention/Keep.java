package dev.drydock.controller.retention;

import java.time.Duration;

/**
 * How long the past is kept. Zero: for ever.
 *
 * @param runs with their events, their output and what contracts count of them, and rollouts that ended
 * @param notifications that were sent or given up
 */
public record Keep(Duration runs, Duration notifications) {
    public static final Keep EVERYTHING = new Keep(Duration.ZERO, Duration.ZERO);
}
