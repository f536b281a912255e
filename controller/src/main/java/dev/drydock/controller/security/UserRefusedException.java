package dev.drydock.controller.security;

/** What cannot be done with a user. The message says why and what to do. */
public final class UserRefusedException extends RuntimeException {
    public UserRefusedException(String message) {
        super(message);
    }
}
