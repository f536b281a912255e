package dev.drydock.cli.ssh;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** A key in short, as {@code ssh-keygen -l} shows it. */
public final class Fingerprint {
    /** SHA-256 in base64 without padding. */
    public static final Pattern FORM = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    private Fingerprint() {}

    /** @param key as it goes over the wire (RFC 4253, 6.6) */
    static String of(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The key's type, its first field: {@code ssh-ed25519}. */
    static String type(byte[] key) {
        if (key.length < 4) {
            return "unknown";
        }
        int length = ((key[0] & 0xff) << 24) | ((key[1] & 0xff) << 16) | ((key[2] & 0xff) << 8) | (key[3] & 0xff);
        return length < 0 || length > key.length - 4 || length > 64
                ? "unknown"
                : new String(key, 4, length, StandardCharsets.US_ASCII);
    }
}
