package dev.drydock.controller.waiver;

/** There is no waiver of this name. */
public final class UnknownWaiverException extends RuntimeException {
    UnknownWaiverException(String name) {
        super("There is no waiver '" + name + "'.");
    }
}
