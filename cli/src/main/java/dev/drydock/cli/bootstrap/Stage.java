package dev.drydock.cli.bootstrap;

import java.util.Locale;

/** Where the work on one host stands. */
public enum Stage {
    CONNECT("logs in"),
    BECOME("becomes root"),
    LOOK("looks around"),
    SHIP("ships the agent"),
    INSTALL("installs it"),
    ENROL("enrols"),
    START("starts the agent"),
    AWAIT("waits for the controller to see it"),
    DONE("done"),
    FAILED("failed");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    /** What is done in it. */
    public String words() {
        return words;
    }

    /** As scripts read it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
