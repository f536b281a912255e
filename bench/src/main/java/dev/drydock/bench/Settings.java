package dev.drydock.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the person at the keyboard chose.
 *
 * @param agents connections of the fleet
 * @param rounds how often a burst or a rollout is repeated; the median counts
 * @param directory where databases are written; on a disk, if figures are to mean anything
 * @param timeout for each thing that is waited for
 */
public record Settings(int agents, int rounds, Path directory, Duration timeout) {}
