package dev.drydock.controller.security.login;

/**
 * Is told of logins and of what lets people in, for the record. Called on the thread that does it, after it is durable.
 * What it throws keeps the person out.
 */
public interface LoginEvents {
    LoginEvents NONE = new LoginEvents() {
        @Override
        public void loggedIn(String user, String address, String session) {}

        @Override
        public void refused(String name, String address, Why why) {}

        @Override
        public void changed(String user, What what, String by) {}
    };

    /** For the record alone: the caller is not told. */
    enum Why {
        UNKNOWN_USER,
        NO_PASSWORD,
        WRONG_PASSWORD,
        /** Of the second factor, or none though one was due. */
        WRONG_CODE,
        /** A password that an administrator gave was not used in time. */
        EXPIRED_PASSWORD,
        LOCKED_OUT,
        /** A sign-in by the provider: the answer is to no question of this browser. */
        NOT_BEGUN_HERE,
        /** What the provider said is not good. */
        BAD_PROVIDER_ANSWER,
        /** The user may not sign in by the provider. */
        NOT_BY_PROVIDER,
        /** The user is on record as another person of the provider. */
        ANOTHER_PERSON,
        BUSY
    }

    /** What became another. */
    enum What {
        PASSWORD_CHANGED,
        PASSWORD_RESET,
        TOTP_CONFIRMED,
        TOTP_REMOVED,
        RECOVERY_CODE_USED,
        UNLOCKED,
        SESSIONS_REVOKED,
        SINGLE_SIGN_ON_ALLOWED,
        SINGLE_SIGN_ON_FORBIDDEN
    }

    /** @param session names the session in lists; lets nobody in */
    void loggedIn(String user, String address, String session);

    /** @param name as it was typed, where it could be a name; else empty, since people type passwords there by mistake */
    void refused(String name, String address, Why why);

    void changed(String user, What what, String by);
}
