package dev.drydock.controller.store;

import org.jdbi.v3.core.Handle;

/** How a group of writes begins and ends in one kind of database. Called by the writer's thread only. */
@FunctionalInterface
interface Commits {
    /** A new connection that may write. */
    Handle connect();

    /** Throws when this controller may not write. */
    default void begin(Handle handle) {
        handle.begin();
    }

    /**
     * When it returns, all of the group is durable; when it throws, none of it is, now and later.
     *
     * @return whether the connection is good for more
     */
    default boolean commit(Handle handle) {
        handle.commit();
        return true;
    }
}
