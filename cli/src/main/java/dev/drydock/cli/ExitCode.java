package dev.drydock.cli;

/** What the program's exit says to scripts; the words are in docs/cli.md. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int REFUSED = 3;
    public static final int PARTLY_FAILED = 4;

    private ExitCode() {}
}
