package dev.drydock.controller.security;

/** An enrolment token lets nobody in. The message says why and is for the controller's log only, never for the caller. */
public final class TokenRefusedException extends RuntimeException {
    public TokenRefusedException(String message) {
        super(message);
    }
}
