package dev.drydock.controller.security;

/** A user that cannot be made or removed. The message says why and what to do. */
public final class UserRefusedException extends RuntimeException {
    UserRefusedException(String message) {
        super(message);
    }
}
