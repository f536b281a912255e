package dev.drydock.e2e.web;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a person has on a telephone: codes of RFC 6238 by the address that is given to it. Made of the RFC, not of our code. */
final class Authenticator {
    private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Z2-7]+)");
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_SECONDS = 30;

    private final byte[] secret;
    private long last;

    /** @param address {@code otpauth://totp/…} */
    Authenticator(String address) {
        Matcher found = SECRET.matcher(address);
        if (!found.find()) {
            throw new AssertionError("no secret in " + address);
        }
        secret = decoded(found.group(1));
    }

    /**
     * The code of now, and of the next step where that of now was given already: each is good once, and the next one counts by
     * then, so that nobody waits for it.
     */
    String code() {
        last = Math.max(Instant.now().getEpochSecond() / STEP_SECONDS, last + 1);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(last).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] decoded(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int kept = 0;
        int bits = 0;
        for (char letter : base32.toCharArray()) {
            kept = kept << 5 | BASE32.indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (kept >> bits));
                kept &= (1 << bits) - 1;
            }
        }
        return bytes.array();
    }
}
