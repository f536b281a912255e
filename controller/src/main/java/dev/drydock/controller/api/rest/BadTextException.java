package dev.drydock.controller.api.rest;

/** Bytes that should be text are none. */
final class BadTextException extends Exception {
    private static final long serialVersionUID = 1L;

    BadTextException(String message) {
        super(message);
    }
}
