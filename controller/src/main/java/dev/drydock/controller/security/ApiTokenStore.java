package dev.drydock.controller.security;

import java.util.List;
import java.util.Optional;

/** Where users and the hashes of their tokens are kept. Implemented by the store. */
public interface ApiTokenStore {
    /** Whose token has this hash. */
    Optional<User> byHash(String hash);

    /** By name. */
    List<User> list();

    /** Adds the user; durable when it returns. @return whether the name was free; else nothing was changed */
    boolean add(User user, String hash);

    /** @return whether there was one */
    boolean remove(String name);
}
