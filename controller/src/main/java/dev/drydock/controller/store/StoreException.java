package dev.drydock.controller.store;

import org.jspecify.annotations.Nullable;

/** The database could not take a write: disk full, closed, corrupt. Nothing of the write is stored. */
public final class StoreException extends RuntimeException {
    private final Kind kind;

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What can be done about it. */
    public enum Kind {
        /** Free space; the store then goes on by itself. */
        DISK_FULL,
        /** The database cannot be reached; the store goes on by itself when it can be again. */
        AWAY,
        /** The controller is stopping. */
        CLOSED,
        /** Everything else, as the message says. */
        BROKEN
    }
}
