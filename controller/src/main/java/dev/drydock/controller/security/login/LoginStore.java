package dev.drydock.controller.security.login;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where it is kept what users log in with. What changes something is durable when it returns. Implemented by the store. */
public interface LoginStore {
    /** Empty: the user has no password, or is none. */
    Optional<LoginRecord> find(String user);

    /** By user. */
    List<LoginRecord> list();

    /** Ends all sessions of the user with it. */
    void password(String user, String phc, boolean mustChange, Instant at);

    /** The same password, hashed with more work; nothing where it is another by now. */
    void rehashed(String user, String before, String after);

    /** Puts a secret in the place of one that was not confirmed. @return whether none was */
    boolean enrol(String user, String closed);

    /** @return whether this secret was there and not confirmed yet */
    boolean confirm(String user, String closed, long step, List<String> recovery);

    /** With the recovery codes. */
    void removeTotp(String user);

    /** Takes the step's code, once. @return whether it was not taken yet */
    boolean useStep(String user, long step);

    /** Takes a recovery code, by its hash, once. @return whether it was there */
    boolean useRecovery(String user, String hash);
}
