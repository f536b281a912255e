package dev.drydock.controller.security;

import java.util.List;
import java.util.Optional;

/** Where users and their grants are kept. What changes something is durable when it returns. Implemented by the store. */
public interface UserStore {
    /** By name. */
    List<User> list();

    Optional<User> find(String name);

    /** @return whether the name was free; else nothing was changed */
    boolean add(User user);

    /** Again is no harm. */
    void grant(String name, Grant grant);

    void ungrant(String name, Grant grant);

    /** With all that lets the user in. @return whether there was one */
    boolean remove(String name);
}
