package dev.drydock.controller.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bearer tokens of the management plane: 256 random bits, of which only the SHA-256 is stored. Such a token cannot be guessed,
 * so a fast hash is enough and looking it up by its hash gives nothing away. Thread-safe.
 */
public final class ApiTokens {
    /** The token that the first start makes. */
    public static final String ADMIN = "admin";

    private static final String PREFIX = "dda1.";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST = 256;

    private final ApiTokenStore store;
    private final SecureRandom random;
    private final InstantSource clock;

    public ApiTokens(ApiTokenStore store, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** The name of the token, when it is one of ours. */
    public Optional<String> nameOf(String token) {
        return token.length() > LONGEST || !token.startsWith(PREFIX) ? Optional.empty() : store.nameOf(hash(token));
    }

    /**
     * Makes the administrator's token where there is none and writes it to a file that only its owner can read (0600). The
     * file comes first, so that a crash in between leaves no token that nobody knows; the next start makes another.
     *
     * @return whether it was made
     * @throws IOException when the file cannot be written; then there is no token either
     */
    public boolean ensureAdmin(Path file) throws IOException {
        if (store.exists(ADMIN)) {
            return false;
        }
        String token = create();
        PrivateFiles.writeSecret(file, token + "\n");
        store.put(ADMIN, hash(token), clock.instant());
        return true;
    }

    private String create() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
