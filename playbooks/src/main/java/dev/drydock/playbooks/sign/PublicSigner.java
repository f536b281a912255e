package dev.drydock.playbooks.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A public key that playbooks may be signed with.
 *
 * @param name of the key, for people
 * @param keyId {@code SHA256:} and unpadded base64 of the digest of the raw key, as ssh-keygen prints it; always that of
 *     {@code rawKey}
 * @param rawKey Ed25519, 32 bytes
 */
public record PublicSigner(String name, String keyId, byte[] rawKey) {
    public static final int KEY_BYTES = 32;

    public PublicSigner {
        rawKey = rawKey.clone();
        if (rawKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "signer " + name + ": an Ed25519 public key has 32 bytes, not " + rawKey.length);
        }
        if (!keyId.equals(keyId(rawKey))) {
            throw new IllegalArgumentException(
                    "signer " + name + ": the key id is " + keyId + " but the key's own is " + keyId(rawKey));
        }
    }

    /** With the key's own id. */
    public static PublicSigner of(String name, byte[] rawKey) {
        return new PublicSigner(name, keyId(rawKey), rawKey);
    }

    /**
     * Reads a PEM file, as {@link #save} or {@code openssl pkey -pubout} writes it.
     *
     * @throws IOException when the file cannot be read or holds no Ed25519 public key
     */
    public static PublicSigner load(String name, Path file) throws IOException {
        return of(name, Ed25519.raw(PublicKeyFile.read(file)));
    }

    /** Writes a new PEM file, never over another. The name is not in it. */
    public void save(Path file) throws IOException {
        try {
            PublicKeyFile.write(file, Ed25519.publicKey(rawKey));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of signer " + name + " is unusable: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] rawKey() {
        return rawKey.clone();
    }

    static String keyId(byte[] rawKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(rawKey);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** By the key; the name is only for people. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PublicSigner signer && Arrays.equals(rawKey, signer.rawKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rawKey);
    }

    @Override
    public String toString() {
        return name + " (Ed25519 " + keyId + ")";
    }
}
