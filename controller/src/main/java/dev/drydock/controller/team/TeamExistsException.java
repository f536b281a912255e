package dev.drydock.controller.team;

/** Another team has this name. */
public final class TeamExistsException extends RuntimeException {
    TeamExistsException(String name) {
        super("There is another team " + name
                + " (its hosts, addresses, webhook or notices differ). To put this one in its place: --replace.");
    }
}
