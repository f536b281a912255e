package dev.drydock.agent.identity;

/** The host's identity cannot be had, used or renewed. The message is for the operator: what, why, and the next step. */
public final class IdentityException extends Exception {
    private final boolean refused;

    private IdentityException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    private IdentityException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** It did not work this time. */
    static IdentityException failed(String message) {
        return new IdentityException(message, false);
    }

    static IdentityException failed(String message, Throwable cause) {
        return new IdentityException(message, false, cause);
    }

    /** Somebody said no, or we do: the same again gets the same answer. */
    static IdentityException refused(String message) {
        return new IdentityException(message, true);
    }

    static IdentityException refused(String message, Throwable cause) {
        return new IdentityException(message, true, cause);
    }

    public boolean isRefused() {
        return refused;
    }
}
