package dev.drydock.agent.run;

/** An event that cannot follow what is in the journal. Nothing was changed by it. */
final class IllegalEventException extends RuntimeException {
    IllegalEventException(String message) {
        super(message);
    }
}
