package dev.drydock.controller;

import org.jspecify.annotations.Nullable;

/** The controller cannot start. The message says what, where, why and what to do; there is no more to know. */
public final class StartException extends Exception {
    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
