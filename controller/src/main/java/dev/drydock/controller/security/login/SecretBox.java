package dev.drydock.controller.security.login;

import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that have to be read again, so that the database alone does not give them away: AES-256-GCM with a key in a file
 * that only its owner can read. What it seals for one user opens for no other. Thread-safe.
 */
public final class SecretBox {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private SecretBox(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /**
     * With the key of the file; where there is none, with a new one.
     *
     * @throws IOException when it cannot be read or written, others may read it, or it holds no key
     */
    public static SecretBox open(Path file, SecureRandom random) throws IOException {
        if (Files.notExists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            PrivateFiles.writeSecret(file, Base64.getEncoder().encodeToString(fresh) + "\n");
        }
        if (PrivateFiles.openToOthers(file)) {
            throw new IOException(file + " may be read by others; run: chmod 600 " + file);
        }
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) {
                return new SecretBox(key, random);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds no key; put it back from a backup", e);
        }
        throw new IOException(file + " holds no key of 256 bits; put it back from a backup");
    }

    /** @param user for whom it is: it opens for no other */
    public String seal(byte[] secret, String user) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] closed = crypt(Cipher.ENCRYPT_MODE, nonce, secret, user)
                .orElseThrow(() -> new IllegalStateException("every Java has AES-GCM"));
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(NONCE_BYTES + closed.length)
                        .put(nonce)
                        .put(closed)
                        .array());
    }

    /** Empty: it was sealed with another key, or for another user, or never. */
    public Optional<byte[]> open(String closed, String user) {
        byte[] all;
        try {
            all = Base64.getDecoder().decode(closed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return all.length <= NONCE_BYTES
                ? Optional.empty()
                : crypt(
                        Cipher.DECRYPT_MODE,
                        Arrays.copyOf(all, NONCE_BYTES),
                        Arrays.copyOfRange(all, NONCE_BYTES, all.length),
                        user);
    }

    private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] text, String user) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(user.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
