package dev.drydock.controller.security.login;

import java.time.Duration;

/** How people are let in: name, password and, where the user has one, a code of the second factor. Thread-safe. */
public final class Logins {
    private static final int LONGEST = 1_024;

    private final Credentials credentials;
    private final Sessions sessions;
    private final LoginEvents events;

    Logins(Credentials credentials, Sessions sessions, LoginEvents events) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.events = events;
    }

    public sealed interface Outcome {}

    /** @param mustChangePassword the session lets its user do nothing but that */
    public record LoggedIn(Sessions.Begun session, boolean mustChangePassword) implements Outcome {}

    /** @param again how long to wait before another attempt; zero: not at all */
    public record Refused(Reason reason, Duration again) implements Outcome {}

    /** What the caller is told: not which of the three was wrong, nor whether there is such a user. */
    public enum Reason {
        WRONG("The name, the password or the code is wrong."),
        WAIT("There were too many failed logins. Wait before you try again."),
        BUSY("Too many people log in at once. Try again in a moment.");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /**
     * @param code of the second factor, or a recovery code; empty where the user has none
     * @param address of the peer as the server sees it, without the port
     */
    public Outcome login(String name, String password, String code, String address) {
        if (name.length() > LONGEST || password.length() > LONGEST || code.length() > LONGEST) {
            return new Refused(Reason.WRONG, Duration.ZERO);
        }
        return switch (credentials.check(name, password, code, address)) {
            case Credentials.Wrong wrong -> new Refused(Reason.WRONG, Duration.ZERO);
            case Credentials.Busy busy -> new Refused(Reason.BUSY, Duration.ZERO);
            case Credentials.Wait wait -> new Refused(Reason.WAIT, wait.time());
            case Credentials.Right right -> {
                Sessions.Begun begun = sessions.begin(name, address);
                if (!credentials.stands(right.record())) {
                    // Another password ended all sessions just before this one began.
                    sessions.end(begun.secret());
                    yield new Refused(Reason.WRONG, Duration.ZERO);
                }
                events.loggedIn(name, address, begun.session().id());
                yield new LoggedIn(begun, right.record().mustChange());
            }
        };
    }
}
