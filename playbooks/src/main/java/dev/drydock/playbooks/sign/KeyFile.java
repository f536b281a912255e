package dev.drydock.playbooks.sign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** Private keys in PKCS#8 PEM files (RFC 7468), optionally encrypted (PBES2, PBKDF2-HMAC-SHA-256, AES-256). */
final class KeyFile {
    private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
    private static final int ITERATIONS = 600_000;
    private static final int SALT_BYTES = 16;
    private static final int MAX_BYTES = 16 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOR_OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (ENCRYPTED )?PRIVATE KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END (?:ENCRYPTED )?PRIVATE KEY-----");

    private KeyFile() {}

    static PrivateKey read(Path file, char[] passphrase) throws IOException, GeneralSecurityException {
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (FOR_OTHERS.contains(permission)) {
                throw new IOException("key file " + file + " is open to others than its owner; run: chmod 600 " + file);
            }
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("key file " + file + " is larger than " + MAX_BYTES + " bytes");
        }
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException("key file " + file + " holds no PKCS#8 PEM private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
        boolean encrypted = pem.group(1) != null;
        if (encrypted && passphrase.length == 0) {
            throw new IOException("key file " + file + " is encrypted; give its passphrase");
        }
        if (!encrypted && passphrase.length > 0) {
            throw new IOException("key file " + file + " is not encrypted; leave the passphrase out");
        }
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(encrypted ? decrypt(file, der, passphrase) : new PKCS8EncodedKeySpec(der));
    }

    static void write(Path file, PrivateKey key, char[] passphrase) throws IOException {
        boolean encrypt = passphrase.length > 0;
        byte[] der = encrypt ? encrypt(key.getEncoded(), passphrase) : key.getEncoded();
        String label = encrypt ? "ENCRYPTED PRIVATE KEY" : "PRIVATE KEY";
        String pem = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(pem);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private static PKCS8EncodedKeySpec decrypt(Path file, byte[] der, char[] passphrase)
            throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
        AlgorithmParameters parameters = info.getAlgParameters();
        PBEKeySpec password = new PBEKeySpec(passphrase);
        try {
            // PBES2's parameters print as the name of the scheme that they stand for.
            String scheme = parameters == null ? info.getAlgName() : parameters.toString();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(scheme).generateSecret(password), parameters);
            return info.getKeySpec(cipher);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "key file " + file + ": wrong passphrase, or an encryption that Java does not know", e);
        } finally {
            password.clearPassword();
        }
    }

    private static byte[] encrypt(byte[] der, char[] passphrase) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        PBEKeySpec password = new PBEKeySpec(passphrase);
        try {
            Cipher cipher = Cipher.getInstance(SCHEME);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(SCHEME).generateSecret(password),
                    new PBEParameterSpec(salt, ITERATIONS));
            // The file names the standard's scheme (PBES2) and not the platform's name for this choice of its parts.
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(der)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot encrypt with " + SCHEME, e);
        } finally {
            password.clearPassword();
        }
    }
}
