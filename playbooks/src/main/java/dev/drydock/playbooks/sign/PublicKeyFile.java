package dev.drydock.playbooks.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys in PEM files (RFC 7468, SubjectPublicKeyInfo), as {@code openssl pkey -pubout} writes them. */
final class PublicKeyFile {
    private static final int MAX_BYTES = 16 * 1024;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeyFile() {}

    static PublicKey read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("key file " + file + " is larger than " + MAX_BYTES + " bytes");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (text.contains("PRIVATE KEY-----")) {
            throw new IOException(
                    "key file " + file + " holds a private key, which stays with its owner; give the .pub file");
        }
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IOException("key file " + file + " holds no PEM public key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("key file " + file + " holds no Ed25519 public key", e);
        }
    }

    static void write(Path file, PublicKey key) throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Files.writeString(
                file, pem, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
