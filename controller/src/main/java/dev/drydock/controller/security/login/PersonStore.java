package dev.drydock.controller.security.login;

import java.util.Set;

/** Which users may sign in by the provider, and which person of it each is. Implemented by the store; durable when it returns. */
public interface PersonStore {
    /** The same again changes nothing. */
    void allow(String user);

    /** Also forgets whom the provider knows the user as. */
    void forbid(String user);

    /** Names of users. */
    Set<String> allowed();

    /**
     * Puts on record that the user, who may, is this person, where neither is on record with another.
     *
     * @return whether it is so now
     */
    boolean isOrBecomes(String user, String issuer, String subject);
}
