package dev.drydock.controller.security.token;

import java.time.Instant;
import java.util.Optional;

/**
 * What is on record of a token: not the token.
 *
 * @param name one of its user's
 * @param scope empty: what is on record cannot be read any more, and so it lets nobody in
 * @param by who made it
 */
public record ApiToken(
        String user,
        String name,
        Optional<TokenScope> scope,
        String by,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsed) {
    boolean good(Instant now) {
        return expiresAt.map(now::isBefore).orElse(true);
    }
}
