package dev.drydock.controller.security.login;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords (RFC 6238): HMAC-SHA-1, 30 s, six digits, as every authenticator knows them. Pure. */
final class Totp {
    /** RFC 4226, 4, R6: 160 bits are recommended. */
    static final int SECRET_BYTES = 20;

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;

    /** RFC 6238, 5.2: at most one step for the time that a code is on its way. The other is for clocks that are ahead. */
    private static final int DRIFT = 1;

    private Totp() {}

    /** Which step the code is of, when it is of one about now that was not used yet. */
    static OptionalLong step(byte[] secret, String code, Instant now, long usedThrough) {
        long current = now.getEpochSecond() / STEP.toSeconds();
        OptionalLong found = OptionalLong.empty();
        for (long step = current - DRIFT; step <= current + DRIFT; step++) {
            boolean same = MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8));
            if (same && step > usedThrough && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** RFC 4226, 5.3. */
    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] digest =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = digest[digest.length - 1] & 0xf;
            int truncated = ByteBuffer.wrap(digest).getInt(offset) & 0x7fff_ffff;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-1", e);
        }
    }

    /** As authenticators take it from a picture. */
    static String uri(String issuer, String user, byte[] secret) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(user) + "?secret=" + Base32.encode(secret)
                + "&issuer=" + encoded(issuer) + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP.toSeconds();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
