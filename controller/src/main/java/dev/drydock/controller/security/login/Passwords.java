package dev.drydock.controller.security.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes of passwords: Argon2id (RFC 9106), kept as PHC strings. At most so many are made at once, so that logins cannot take
 * all memory. Thread-safe; takes a good part of a second.
 */
public final class Passwords {
    /** What RFC 9106, section 4, recommends second, for where memory is short; above OWASP's least of 19 MiB and two passes. */
    public static final Strength STRENGTH = new Strength(64 * 1024, 3, 4);

    /** With 64 MiB each. */
    public static final int AT_ONCE = 2;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final long PATIENCE_SECONDS = 10;

    private final SecureRandom random;
    private final Strength strength;
    private final Semaphore free;
    private final byte[] nobodysSalt;

    /** How much work a hash is. */
    public record Strength(int memoryKib, int passes, int lanes) {
        boolean lessThan(Strength other) {
            return memoryKib < other.memoryKib || passes < other.passes;
        }
    }

    public Passwords(SecureRandom random, Strength strength, int atOnce) {
        this.random = random;
        this.strength = strength;
        this.free = new Semaphore(atOnce, true);
        this.nobodysSalt = salt();
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /** @throws BusyException too many are being made */
    public String hash(String password) {
        byte[] salt = salt();
        return new PhcString(strength, salt, derive(password, strength, salt, HASH_BYTES)).text();
    }

    /** Takes as long whatever is wrong. @throws BusyException too many are being made */
    public boolean matches(String password, String phc) {
        PhcString kept = PhcString.parse(phc);
        return MessageDigest.isEqual(kept.hash(), derive(password, kept.strength(), kept.salt(), kept.hash().length));
    }

    /** As much work as {@link #matches}, for where there is nothing to compare with. */
    public void matchesNobody(String password) {
        byte[] unused = derive(password, strength, nobodysSalt, HASH_BYTES);
    }

    /** Whether it was made with less work than one would be now. */
    public boolean outdated(String phc) {
        return PhcString.parse(phc).strength().lessThan(strength);
    }

    private byte[] derive(String password, Strength with, byte[] salt, int length) {
        // The same password typed on another keyboard may come in other code points (NIST SP 800-63B, 5.1.1.2).
        byte[] secret = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        take();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(with.memoryKib())
                    .withIterations(with.passes())
                    .withParallelism(with.lanes())
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(secret, hash);
            return hash;
        } finally {
            free.release();
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void take() {
        try {
            if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
    }

    /** Too many passwords are being looked at. */
    public static final class BusyException extends RuntimeException {
        BusyException() {
            super("Too many passwords are being checked at once. Try again in a moment.");
        }
    }
}
