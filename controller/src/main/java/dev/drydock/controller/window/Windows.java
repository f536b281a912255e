package dev.drydock.controller.window;

import dev.drydock.controller.naming.ChangedMeanwhileException;
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

    /**
     * Puts it in the place of the one of its name, or makes it where there is none. The same again changes nothing. Rollouts keep
     * the window that they were made with, so that what has a stamp in one of them stays as it is.
     *
     * @param etag of the one whose place it is to take; empty: whatever is there
     * @throws InvalidWindowException as {@link #create}
     * @throws ChangedMeanwhileException there is none with this etag any more
     */
    Window replace(WindowDraft draft, String etag) throws InvalidWindowException;

    /** By name. */
    List<Window> list();

    Optional<Window> find(String name);

    /**
     * Rollouts keep the window that they were made with, so it can go at any time.
     *
     * @param etag of the one that is meant; empty: whatever is there
     * @return false: there was none
     * @throws ChangedMeanwhileException there is another
     */
    boolean delete(String name, String etag);
}
