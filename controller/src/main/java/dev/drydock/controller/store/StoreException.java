package dev.drydock.controller.store;

/** The database could not take a write: disk full, closed, corrupt. Nothing of the write is stored. */
public final class StoreException extends RuntimeException {
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
