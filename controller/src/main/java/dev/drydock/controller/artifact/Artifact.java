package dev.drydock.controller.artifact;

import java.time.Instant;

/**
 * A pushed file.
 *
 * @param digest SHA-256, 64 lower-case hexadecimal digits
 * @param name for people
 * @param size in bytes
 */
public record Artifact(String digest, String name, long size, Instant pushedAt) {}
