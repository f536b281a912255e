package dev.drydock.controller.incident;

/** There is no incident of this id. */
public final class UnknownIncidentException extends RuntimeException {
    public UnknownIncidentException(String id) {
        super("There is no incident '" + id + "'.");
    }
}
