package dev.drydock.playbooks.document;

/** What a document may be at most; anything beyond is refused before it costs anything. */
public final class Limits {
    /** A playbook file. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Lists and mappings inside each other. */
    public static final int MAX_DEPTH = 50;

    /** The largest whole number that every JSON reader reads exactly. */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private Limits() {}
}
