package dev.drydock.controller.store;

import org.jspecify.annotations.Nullable;

/** The database could not take a write: disk full, closed, corrupt. Nothing of the write is stored. */
public final class StoreException extends RuntimeException {
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
