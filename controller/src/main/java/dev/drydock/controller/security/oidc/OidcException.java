package dev.drydock.controller.security.oidc;

/** The provider could not be asked, or its answer is not good. The message is for the log, and holds no secret. */
final class OidcException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    enum Kind {
        /** Nobody's who signs in: it may work later. */
        UNREACHABLE,
        /** What came is not what was asked for, or not of the provider. */
        NOT_GOOD
    }

    private final Kind kind;

    OidcException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    OidcException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
