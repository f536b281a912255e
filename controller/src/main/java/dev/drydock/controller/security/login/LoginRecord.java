package dev.drydock.controller.security.login;

import java.time.Instant;
import java.util.Optional;

/**
 * What a user logs in with, as it is on record.
 *
 * @param password PHC string
 * @param mustChange it was given by an administrator, and lets in to choose another
 * @param totp sealed
 * @param confirmed a first code showed that the user has the secret: logins ask for codes from then on
 * @param usedThrough the last step of which a code was taken
 */
public record LoginRecord(
        String user,
        String password,
        boolean mustChange,
        Instant changedAt,
        Optional<String> totp,
        boolean confirmed,
        long usedThrough) {
    public boolean asksForCode() {
        return totp.isPresent() && confirmed;
    }
}
