package dev.drydock.controller.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens that let hosts into the fleet. */
public interface EnrolmentTokens {
    /** @throws IllegalArgumentException with all that is wrong with uses (1 to 100,000), ttl (up to 30 days) or labels */
    Created create(int uses, Duration ttl, Map<String, String> labels);

    /** Newest first; spent, expired and revoked ones too. */
    List<Token> list();

    /** Idempotent. Empty when there is no such token. */
    Optional<Token> revoke(String id);

    /** @param usesLeft 0 when it is spent */
    record Token(
            String id,
            int usesLeft,
            Instant expiresAt,
            Map<String, String> labels,
            Instant createdAt,
            boolean revoked) {
        public Token {
            labels = Map.copyOf(labels);
        }
    }

    /** @param secret {@code dd1.<id>.<secret>.<SHA-256 of the CA certificate, hex>}; shown once, only its hash is stored */
    record Created(Token token, String secret) {}
}
