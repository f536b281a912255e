package dev.drydock.agent;

/** What the program's exit says to scripts; the words are in docs/agent.md. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;

    private ExitCode() {}
}
