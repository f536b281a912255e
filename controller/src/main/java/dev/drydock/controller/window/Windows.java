package dev.drydock.controller.window;

import java.util.List;
import java.util.Optional;

/** Windows by name. Implemented by the store; each change is durable when it returns. */
public interface Windows {
    /**
     * Idempotent: the same again changes nothing.
     *
     * @throws InvalidWindowException with everything that is wrong with it, also a calendar that there is none of
     * @throws WindowExistsException another has its name
     */
    Window create(WindowDraft draft) throws InvalidWindowException;

    /** By name. */
    List<Window> list();

    Optional<Window> find(String name);

    /** Rollouts keep the window that they were made with, so it can go at any time. @return false: there was none */
    boolean delete(String name);
}
