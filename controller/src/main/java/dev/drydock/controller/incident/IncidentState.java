package dev.drydock.controller.incident;

import java.util.Locale;

/** Where an incident stands. The moves between them are in {@link IncidentTransitions}. */
public enum IncidentState {
    /** Nobody has answered yet. */
    OPEN,
    /** Operation has it in hand. */
    RESPONDED,
    /** Maintenance has it in hand. */
    HANDED_OVER,
    /** Fixed for good. */
    RESOLVED,
    CLOSED;

    /** Whether a further run that fails of the same is part of it. */
    public boolean live() {
        return this != RESOLVED && this != CLOSED;
    }

    /** {@code handed over}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
