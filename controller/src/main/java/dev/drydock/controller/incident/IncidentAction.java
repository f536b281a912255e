package dev.drydock.controller.incident;

/** What is done with an incident. Those that move it are in {@link IncidentTransitions}; the others are only on record. */
public enum IncidentAction {
    OPEN("opened"),
    JOIN_RUN("run joined"),
    COMMENT("commented"),
    RESPOND("responded"),
    HAND_TO_MAINTENANCE("handed to maintenance"),
    HAND_TO_OPERATION("handed to operation"),
    RESOLVE("resolved"),
    CLOSE("closed");

    private final String words;

    IncidentAction(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
