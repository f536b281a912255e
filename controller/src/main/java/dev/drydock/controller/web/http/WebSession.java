package dev.drydock.controller.web.http;

/**
 * Somebody who is signed in.
 *
 * @param user name
 * @param csrf what every form of this session carries and no other site knows
 * @param authorization header of API calls on the user's behalf
 * @param mustChangePassword all that is open is to choose another password, and to leave
 */
public record WebSession(String user, String csrf, String authorization, boolean mustChangePassword) {
    /** Without what lets others in. */
    @Override
    public String toString() {
        return "session of " + user;
    }
}
