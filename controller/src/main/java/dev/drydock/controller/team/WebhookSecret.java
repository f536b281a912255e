package dev.drydock.controller.team;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The key that a team's webhook checks signatures with. Kept as it is, since it is needed to sign with.
 *
 * @param base64 24 to 64 bytes, as the Standard Webhooks specification asks for
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public record WebhookSecret(String base64) {
    private static final String PREFIX = "whsec_";
    private static final int FEWEST = 24;
    private static final int MOST = 64;
    private static final int MADE = 32;

    /** Empty where it is none: it is no Base64, or too short or too long. */
    public static Optional<WebhookSecret> parse(String text) {
        String bare = text.strip();
        String encoded = bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare;
        try {
            int length = Base64.getDecoder().decode(encoded).length;
            return length >= FEWEST && length <= MOST ? Optional.of(new WebhookSecret(encoded)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static WebhookSecret random(SecureRandom random) {
        byte[] key = new byte[MADE];
        random.nextBytes(key);
        return new WebhookSecret(Base64.getEncoder().encodeToString(key));
    }

    public byte[] key() {
        return Base64.getDecoder().decode(base64);
    }

    /** As receivers' libraries take it. */
    public String text() {
        return PREFIX + base64;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "a secret";
    }
}
