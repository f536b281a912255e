package dev.drydock.cli.bootstrap;

/** How a stage ended. */
public enum Outcome {
    /** It did what it is for, and what comes next is always the same. */
    DID,
    /** No agent of the wanted version is there. */
    AGENT_MISSING,
    NOT_ENROLLED,
    NOT_STARTED,
    NOT_CONNECTED,
    NOTHING_MISSING,
    TROUBLE
}
