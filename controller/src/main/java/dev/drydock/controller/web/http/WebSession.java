package dev.drydock.controller.web.http;

/**
 * Somebody who is signed in.
 *
 * @param user name
 * @param csrf what every form of this session carries and no other site knows
 * @param authorization header of API calls on the user's behalf
 */
public record WebSession(String user, String csrf, String authorization) {
    /** Without what lets others in. */
    @Override
    public String toString() {
        return "session of " + user;
    }
}
