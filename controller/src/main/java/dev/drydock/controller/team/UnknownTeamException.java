package dev.drydock.controller.team;

/** There is no team of this name. */
public final class UnknownTeamException extends RuntimeException {
    public UnknownTeamException(String name) {
        super("There is no team '" + name + "'.");
    }
}
