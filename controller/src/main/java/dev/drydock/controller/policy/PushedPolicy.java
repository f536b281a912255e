package dev.drydock.controller.policy;

import java.time.Instant;

/**
 * One immutable version of a policy.
 *
 * @param version from 1, without gaps
 * @param digest SHA-256 of what it means, hex
 */
public record PushedPolicy(
        String name, int version, String digest, String description, String pushedBy, Instant pushedAt) {
    /** {@code web@7}. */
    public String reference() {
        return name + "@" + version;
    }
}
