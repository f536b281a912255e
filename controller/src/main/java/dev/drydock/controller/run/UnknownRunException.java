package dev.drydock.controller.run;

/** There is no run of this id. */
public final class UnknownRunException extends RuntimeException {
    public UnknownRunException(String runId) {
        super("There is no run " + runId + ".");
    }
}
