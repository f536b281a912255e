package dev.drydock.controller.cluster;

/** The database did not answer: it is not known who leads. */
public final class LeaseException extends RuntimeException {
    public LeaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
