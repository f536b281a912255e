package dev.drydock.playbooks.expr;

/** An expression that has no value for this host and these parameters. The message is for the operator. */
public final class EvaluationException extends Exception {
    private final boolean absent;

    EvaluationException(String message, boolean absent) {
        super(message);
        this.absent = absent;
    }

    /** Whether it asked for a label or a key that is not there. */
    public boolean absent() {
        return absent;
    }
}
