package dev.drydock.controller.security.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sign-in that has begun: what the answer has to fit. It is with the browser, sealed, so that nobody fills our memory with
 * what he never ends.
 *
 * @param state that comes back with the answer
 * @param nonce that comes back in the ID token
 * @param verifier of PKCE
 * @param redirect where the provider sends the browser
 * @param next where the person wanted to go
 */
record Pending(String state, String nonce, String verifier, String redirect, String next, Instant until) {
    private static final int FIELDS = 6;
    private static final String SEPARATOR = "\n";

    byte[] bytes() {
        return String.join(SEPARATOR, state, nonce, verifier, redirect, Long.toString(until.getEpochSecond()), next)
                .getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Pending> of(byte[] bytes) {
        List<String> fields = List.of(new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, FIELDS));
        return fields.size() != FIELDS
                ? Optional.empty()
                : Optional.of(new Pending(
                        fields.get(0),
                        fields.get(1),
                        fields.get(2),
                        fields.get(3),
                        fields.get(5),
                        Instant.ofEpochSecond(Long.parseLong(fields.get(4)))));
    }
}
