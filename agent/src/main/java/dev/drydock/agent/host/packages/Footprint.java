package dev.drydock.agent.host.packages;

/**
 * How much space a change takes, in bytes; estimates on the high side.
 *
 * @param newFiles the new package files
 * @param oldFiles the old package files, also where they must be packed again
 * @param growth what the system itself grows by, at most at any moment
 */
public record Footprint(long newFiles, long oldFiles, long growth) {}
