package dev.drydock.controller.security;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Somebody whom the management plane lets in.
 *
 * @param grants what it may do, by role and hosts; none: nothing
 */
public record User(String name, Instant createdAt, List<Grant> grants) {
    public User {
        grants = List.copyOf(grants);
    }

    /** The highest that it has for any hosts. */
    public Optional<Role> role() {
        return grants.stream().map(Grant::role).max(Comparator.naturalOrder());
    }

    boolean administers() {
        return grants.contains(Grant.everywhere(Role.ADMIN));
    }
}
