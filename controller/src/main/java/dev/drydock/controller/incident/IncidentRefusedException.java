package dev.drydock.controller.incident;

/** What was asked for cannot be done with the incident as it stands. Nothing was changed. */
public final class IncidentRefusedException extends RuntimeException {
    IncidentRefusedException(String why) {
        super(why);
    }
}
