package dev.drydock.controller.security;

import java.time.Instant;
import java.util.Optional;

/** Where the hashes of API tokens are kept. Implemented by the store. */
public interface ApiTokenStore {
    /** The name of the token with this hash. */
    Optional<String> nameOf(String hash);

    boolean exists(String name);

    /** Adds the token or replaces the one of that name; durable when it returns. */
    void put(String name, String hash, Instant at);
}
