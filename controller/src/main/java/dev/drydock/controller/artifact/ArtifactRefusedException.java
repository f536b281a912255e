package dev.drydock.controller.artifact;

/** What was sent cannot be taken as an artifact; the message says what, where, and what was expected. */
public final class ArtifactRefusedException extends Exception {
    private final Kind kind;

    public ArtifactRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What can be done about it. */
    public enum Kind {
        /** What was sent is wrong in itself, or came damaged. */
        INVALID,
        /** It is too large for what this controller takes. */
        TOO_LARGE,
        /** The disk has no room for it. */
        NO_ROOM
    }
}
