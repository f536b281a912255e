package dev.drydock.controller.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bearer tokens of the management plane: 256 random bits, of which only the SHA-256 is stored. Such a token cannot be guessed,
 * so a fast hash is enough and looking it up by its hash gives nothing away. Thread-safe.
 */
public final class ApiTokens {
    /** The token that the first start makes. */
    public static final String ADMIN = "admin";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,62}");
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

    /** Whose token it is, when it is one of ours. */
    public Optional<User> userOf(String token) {
        return token.length() > LONGEST || !token.startsWith(PREFIX) ? Optional.empty() : store.byHash(hash(token));
    }

    /** By name. */
    public List<User> list() {
        return store.list();
    }

    /**
     * Lets somebody in.
     *
     * @return the token: shown once, kept by nobody
     * @throws IllegalArgumentException the name is none
     * @throws UserRefusedException there is one of this name
     */
    public String add(String name, Role role) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: '" + name
                    + "' is no name; use up to 63 of a-z, 0-9, '.', '_', '@' and '-', a letter or digit first");
        }
        String token = create();
        if (!store.add(new User(name, role, clock.instant()), hash(token))) {
            throw new UserRefusedException(
                    "There is a user " + name
                            + " already; remove it first, or choose another name: what is on record under a name stays one person's.");
        }
        return token;
    }

    /**
     * Lets somebody in no more; calls under way end by themselves.
     *
     * @return whether there was one
     * @throws UserRefusedException it is the last administrator
     */
    public boolean remove(String name) {
        List<User> admins =
                store.list().stream().filter(user -> user.role() == Role.ADMIN).toList();
        if (admins.size() == 1 && admins.getFirst().name().equals(name)) {
            throw new UserRefusedException("User " + name + " is the last administrator; make another one first.");
        }
        return store.remove(name);
    }

    /**
     * Makes the administrator's token where there is none and writes it to a file that only its owner can read (0600). The
     * file comes first, so that a crash in between leaves no token that nobody knows; the next start makes another.
     *
     * @return whether it was made
     * @throws IOException when the file cannot be written; then there is no token either
     */
    public boolean ensureAdmin(Path file) throws IOException {
        if (store.list().stream().anyMatch(user -> user.role() == Role.ADMIN)) {
            return false;
        }
        String token = create();
        PrivateFiles.writeSecret(file, token + "\n");
        store.add(new User(ADMIN, Role.ADMIN, clock.instant()), hash(token));
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
