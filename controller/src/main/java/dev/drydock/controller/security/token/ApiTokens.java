package dev.drydock.controller.security.token;

import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.security.UserRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Bearer tokens of the management plane: 256 random bits, of which only the SHA-256 is stored. Such a token cannot be guessed,
 * so a fast hash is enough and looking it up by its hash gives nothing away. Thread-safe.
 */
public final class ApiTokens {
    /** That a new user gets. */
    public static final String FIRST = "first";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final String PREFIX = "dda1.";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST = 256;
    private static final int MOST = 100;
    private static final Duration USE_NOTED = Duration.ofMinutes(1);

    private final ApiTokenStore store;
    private final SecureRandom random;
    private final InstantSource clock;

    /** By the hashes of tokens that are ours, so that strangers cannot fill it. */
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    public ApiTokens(ApiTokenStore store, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** @param secret the token itself: shown once, kept by nobody */
    public record Made(ApiToken token, String secret) {}

    /** Whether it has the form of one. */
    public static boolean looksLike(String secret) {
        return secret.length() <= LONGEST && secret.startsWith(PREFIX);
    }

    /** Whose token it is and what it lets the user do, when it is one of ours and good. */
    public Optional<Principal> principal(String secret) {
        if (!looksLike(secret)) {
            return Optional.empty();
        }
        String hash = hash(secret);
        Instant now = clock.instant();
        return store.byHash(hash)
                .filter(found -> found.token().good(now))
                .flatMap(found -> principal(found, hash, now));
    }

    private Optional<Principal> principal(ApiTokenStore.Owned found, String hash, Instant now) {
        ApiToken token = found.token();
        noteUse(hash, now);
        return token.scope()
                .map(scope -> new Principal(
                        token.user(),
                        Principal.tokenCredential(token.name()),
                        scope.of(found.user().grants()),
                        scope.narrows(),
                        token.expiresAt()));
    }

    private void noteUse(String hash, Instant now) {
        boolean[] due = {false};
        noted.compute(hash, (any, last) -> {
            due[0] = last == null || !last.plus(USE_NOTED).isAfter(now);
            return due[0] ? now : last;
        });
        if (due[0]) {
            store.used(hash, now);
        }
    }

    /** Of a user, by name. */
    public List<ApiToken> list(String user) {
        return store.list(user);
    }

    /**
     * @param lasts empty: until it is revoked
     * @param by who makes it
     * @throws IllegalArgumentException with all that is wrong with it, a line each
     * @throws UserRefusedException the user has one of this name, or too many
     */
    public Made create(String user, String name, Optional<Duration> lasts, TokenScope scope, String by) {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add("name: '" + name
                    + "' is no name; use up to 63 of a-z, 0-9, '.', '_' and '-', a letter or digit first");
        }
        lasts.filter(ttl -> !ttl.isPositive())
                .ifPresent(ttl -> problems.add("ttl: " + ttl + " is not positive; leave it out for no end"));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        if (store.list(user).size() >= MOST) {
            throw new UserRefusedException(
                    "User " + user + " has " + MOST + " tokens, the most there can be; revoke some.");
        }
        String secret = secret();
        Instant now = clock.instant();
        ApiToken token = new ApiToken(user, name, Optional.of(scope), by, now, lasts.map(now::plus), Optional.empty());
        if (!store.add(token, hash(secret))) {
            throw new UserRefusedException("User " + user + " has a token " + name
                    + " already, or is gone; revoke that one first, or choose another name.");
        }
        return new Made(token, secret);
    }

    /** @return whether there was one */
    public boolean revoke(String user, String name) {
        return store.remove(user, name);
    }

    /** That is on record nowhere. */
    String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    static String hash(String secret) {
        return HexFormat.of().formatHex(Sha256.of(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
