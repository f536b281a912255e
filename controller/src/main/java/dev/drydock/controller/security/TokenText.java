package dev.drydock.controller.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enrolment token as people carry it: {@code dd1.<id>.<secret>.<SHA-256 of the CA certificate>}.
 *
 * @param id public; names the token's row
 * @param secret whoever knows it may enrol; never stored, never logged
 * @param caFingerprint lower-case hex
 */
public record TokenText(String id, String secret, String caFingerprint) {
    private static final Pattern FORM =
            Pattern.compile("dd1\\.([a-z0-9-]{1,64})\\.([A-Za-z0-9_-]{20,128})\\.([0-9a-f]{64})");

    /** Empty when it has not the form of a token. */
    public static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? Optional.of(new TokenText(form.group(1), form.group(2), form.group(3)))
                : Optional.empty();
    }

    public String text() {
        return "dd1." + id + "." + secret + "." + caFingerprint;
    }

    /** SHA-256 of the secret, lower-case hex. */
    public String secretHash() {
        return HexFormat.of().formatHex(Sha256.of(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes as long whether they differ in the first digit or in the last. */
    public boolean hasHash(String stored) {
        return MessageDigest.isEqual(
                secretHash().getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
