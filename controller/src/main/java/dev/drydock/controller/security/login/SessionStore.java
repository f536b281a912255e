package dev.drydock.controller.security.login;

import dev.drydock.controller.security.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions, that is the hashes of their secrets, are kept. What changes something is durable when it returns. Implemented by the store. */
public interface SessionStore {
    /** @param hash of the secret; its begin names the session in lists */
    record Kept(String hash, String user, String address, Instant createdAt, Instant lastUsed) {}

    /** @param mustChange the user's password is one to be changed */
    record Owned(Kept session, User user, boolean mustChange) {}

    Optional<Owned> find(String hash);

    /** Of a user, newest first. */
    List<Kept> list(String user);

    /** @return whether the user is there; else nothing was changed */
    boolean add(Kept session);

    /** May be lost when the controller ends. */
    void used(String hash, Instant at);

    void remove(String hash);

    /** @return how many there were */
    int removeAll(String user);

    /** Those that have ended by themselves. */
    void removeOver(Instant createdBefore, Instant usedBefore);
}
