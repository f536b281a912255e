package dev.drydock.controller.security.login;

import dev.drydock.controller.security.UserStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/** All that people are let in by, put together. */
public record LoginParts(Logins logins, Accounts accounts, Sessions sessions) {
    /** @param box seals the secrets of second factors */
    public static LoginParts of(
            UserStore users,
            LoginStore store,
            FailureStore failures,
            SessionStore kept,
            PersonStore persons,
            Passwords passwords,
            SecretBox box,
            LoginEvents events,
            SecureRandom random,
            InstantSource clock) {
        LoginGuard guard = new LoginGuard(failures, clock);
        Credentials credentials = new Credentials(users, store, passwords, box, guard, events, clock);
        Sessions sessions = new Sessions(kept, random, clock);
        return new LoginParts(
                new Logins(credentials, sessions, events),
                new Accounts(
                        users, store, persons, credentials, passwords, box, guard, sessions, events, random, clock),
                sessions);
    }
}
