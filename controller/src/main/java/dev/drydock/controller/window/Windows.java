package dev.drydock.controller.window;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Windows by name. Implemented by the store; each change is durable when it returns. */
public interface Windows {
    /**
     * Idempotent: the same again changes nothing.
     *
     * @throws InvalidWindowException with everything that is wrong with it
     * @throws WindowExistsException another has its name
     */
    Window create(WindowDraft draft) throws InvalidWindowException;

    /** By name. */
    List<Window> list();

    Optional<Window> find(String name);

    /** Rollouts keep the window that they were made with, so it can go at any time. @return false: there was none */
    boolean delete(String name);

    /** The openings that close after {@code from}, the first {@code count} of them; empty: there is no such window. */
    default Optional<List<Opening>> nextOpenings(String name, Instant from, int count) {
        return find(name).map(window -> new Openings(window).next(from, count));
    }
}
