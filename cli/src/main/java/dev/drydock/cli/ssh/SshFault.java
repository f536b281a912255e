package dev.drydock.cli.ssh;

/** Why a machine cannot be logged in to, or was lost. */
public final class SshFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of fault it is. */
    public enum Kind {
        NAME_UNKNOWN,
        NO_ROUTE,
        CONNECTION_REFUSED,
        TIMED_OUT,
        HOST_KEY_UNKNOWN,
        HOST_KEY_CHANGED,
        HOST_KEY_REVOKED,
        LOGIN_REFUSED,
        NO_COMMON_ALGORITHM,
        JUMP_FAILED,
        NO_COMMAND,
        TOO_SLOW,
        LOST
    }

    private final Kind kind;
    private final String next;

    /** @param next how to go on */
    public SshFault(Kind kind, String message, String next) {
        super(message);
        this.kind = kind;
        this.next = next;
    }

    public Kind kind() {
        return kind;
    }

    public String next() {
        return next;
    }

    /** Somebody else may answer in the host's place: nothing was sent to it. */
    public boolean isDistrust() {
        return kind == Kind.HOST_KEY_UNKNOWN || kind == Kind.HOST_KEY_CHANGED || kind == Kind.HOST_KEY_REVOKED;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
