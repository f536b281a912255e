package dev.drydock.agent.host.packages;

/**
 * A package file on disk, read back and checked.
 *
 * @param file name in the directory that it was asked for in
 * @param sha256 hex
 * @param source where it came from: {@code archive}, {@code cache} or {@code repacked}
 */
public record PackageFile(PackageId id, String version, String file, String sha256, String source) {}
