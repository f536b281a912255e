package dev.drydock.playbooks.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;

/** A private key that signs playbooks. It never shows in {@link #toString}. Immutable and thread-safe. */
public final class SigningKey {
    private final PrivateKey privateKey;
    private final PublicSigner signer;

    private SigningKey(PrivateKey privateKey, PublicSigner signer) {
        this.privateKey = privateKey;
        this.signer = signer;
    }

    /** A new one from the platform's secure random source. */
    public static SigningKey generate(String name) {
        KeyPair pair = Ed25519.generate();
        return new SigningKey(pair.getPrivate(), PublicSigner.of(name, Ed25519.raw(pair.getPublic())));
    }

    /**
     * Reads a PKCS#8 PEM file, encrypted or not, as {@link #save} or {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * @param passphrase empty for a file that is not encrypted; the caller clears it
     * @throws IOException when the file cannot be read, is readable by others than its owner, is no Ed25519 key, or the
     *     passphrase is missing, needless or wrong
     */
    public static SigningKey load(String name, Path file, char[] passphrase) throws IOException {
        try {
            PrivateKey key = KeyFile.read(file, passphrase);
            KeyPair pair = Ed25519.pair(key);
            return new SigningKey(key, PublicSigner.of(name, Ed25519.raw(pair.getPublic())));
        } catch (GeneralSecurityException e) {
            throw new IOException("key file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a new file that only its owner can read (0600), never over another.
     *
     * @param passphrase empty to leave the key unencrypted; the caller clears it
     */
    public void save(Path file, char[] passphrase) throws IOException {
        KeyFile.write(file, privateKey, passphrase);
    }

    /** What verifies this key's signatures. */
    public PublicSigner signer() {
        return signer;
    }

    byte[] sign(byte[] message) {
        return Ed25519.sign(privateKey, message);
    }

    @Override
    public String toString() {
        return signer.toString();
    }
}
