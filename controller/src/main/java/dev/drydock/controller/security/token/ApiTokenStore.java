package dev.drydock.controller.security.token;

import dev.drydock.controller.security.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where tokens, that is their hashes, are kept. Implemented by the store. */
public interface ApiTokenStore {
    /** A token and whose it is. */
    record Owned(ApiToken token, User user) {}

    Optional<Owned> byHash(String hash);

    /** Of a user, by name. */
    List<ApiToken> list(String user);

    /** Durable when it returns. @return whether the user is there and has none of this name; else nothing was changed */
    boolean add(ApiToken token, String hash);

    /** Durable when it returns. @return whether there was one */
    boolean remove(String user, String name);

    /** May be lost when the controller ends. */
    void used(String hash, Instant at);
}
