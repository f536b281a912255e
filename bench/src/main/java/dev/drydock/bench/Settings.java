package dev.drydock.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the person at the keyboard chose.
 *
 * @param steps connections of the fleet, growing; at least one
 * @param rounds how often a burst or a rollout is repeated; the median counts
 * @param directory where databases are written; on a disk, if figures are to mean anything
 * @param timeout for each thing that is waited for
 */
public record Settings(List<Integer> steps, int rounds, Path directory, Duration timeout) {
    public Settings {
        steps = List.copyOf(steps);
    }

    /** At the last step. */
    public int agents() {
        return steps.getLast();
    }
}
