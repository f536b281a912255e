package dev.drydock.controller.security.login;

import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.security.UserRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Logins that last, for browsers: 256 random bits, of which only the SHA-256 is kept. Over after half an hour without use, and
 * after twelve hours whatever is done with them. Thread-safe.
 */
public final class Sessions {
    public static final Duration IDLE = Duration.ofMinutes(30);
    public static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration USE_NOTED = Duration.ofMinutes(1);
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_CHARS = 43;
    private static final int ID_CHARS = 16;

    private final SessionStore store;
    private final SecureRandom random;
    private final InstantSource clock;

    public Sessions(SessionStore store, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /** @param secret for the cookie: kept by nobody else */
    public record Begun(Session session, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "session " + session.id();
        }
    }

    /**
     * A session that goes on.
     *
     * @param principal what it lets its user do: nothing while the password is one to be changed
     * @param mustChangePassword all that is left is to choose another password, and to leave
     */
    public record Live(Session session, Principal principal, boolean mustChangePassword) {}

    /**
     * After a login, and only then. A former session of the same browser is to be ended: none is ever taken over.
     *
     * @throws UserRefusedException the user was removed meanwhile
     */
    public Begun begin(String user, String address) {
        Instant now = clock.instant();
        store.removeOver(now.minus(LONGEST), now.minus(IDLE));
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        SessionStore.Kept kept = new SessionStore.Kept(hash(secret), user, address, now, now);
        if (!store.add(kept)) {
            throw new UserRefusedException("User " + user + " is gone.");
        }
        return new Begun(session(kept), secret);
    }

    /** Whose it is, when it is one of ours and not over; using it keeps it going. */
    public Optional<Live> find(String secret) {
        Instant now = clock.instant();
        Optional<SessionStore.Owned> found = kept(secret, now);
        found.map(SessionStore.Owned::session)
                .filter(session -> !session.lastUsed().plus(USE_NOTED).isAfter(now))
                .ifPresent(session -> store.used(session.hash(), now));
        return found.map(Sessions::live);
    }

    /** The same, but no use of it. */
    public Optional<Live> look(String secret) {
        return kept(secret, clock.instant()).map(Sessions::live);
    }

    private Optional<SessionStore.Owned> kept(String secret, Instant now) {
        return secret.length() == SECRET_CHARS
                ? store.find(hash(secret)).filter(found -> live(found.session(), now))
                : Optional.empty();
    }

    private static boolean live(SessionStore.Kept kept, Instant now) {
        return now.isBefore(kept.createdAt().plus(LONGEST))
                && now.isBefore(kept.lastUsed().plus(IDLE));
    }

    private static Live live(SessionStore.Owned found) {
        Session session = session(found.session());
        Principal all = Principal.of(found.user(), "session " + session.id(), Optional.of(session.expiresAt()));
        Principal none = new Principal(all.user(), all.credential(), List.of(), false, all.until());
        return new Live(session, found.mustChange() ? none : all, found.mustChange());
    }

    private static Session session(SessionStore.Kept kept) {
        return new Session(
                id(kept.hash()),
                kept.user(),
                kept.address(),
                kept.createdAt(),
                kept.lastUsed(),
                kept.createdAt().plus(LONGEST));
    }

    private static String id(String hash) {
        return hash.substring(0, ID_CHARS);
    }

    /** That a form has to carry, so that no other site can send it: one for the whole session, bound to it. */
    public static String csrf(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal("drydock csrf".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    public static boolean isCsrf(String secret, String token) {
        return MessageDigest.isEqual(
                csrf(secret).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a user, newest first. */
    public List<Session> list(String user) {
        Instant now = clock.instant();
        return store.list(user).stream()
                .filter(kept -> live(kept, now))
                .map(Sessions::session)
                .toList();
    }

    /** Ends the session whose secret this is. */
    public void end(String secret) {
        store.remove(hash(secret));
    }

    /** Ends the one of this user with this name in lists. @return whether there was one */
    public boolean revoke(String user, String id) {
        Optional<SessionStore.Kept> found = store.list(user).stream()
                .filter(kept -> id(kept.hash()).equals(id))
                .findFirst();
        found.ifPresent(kept -> store.remove(kept.hash()));
        return found.isPresent();
    }

    /** @return how many there were */
    public int revokeAll(String user) {
        return store.removeAll(user);
    }

    private static String hash(String secret) {
        return HexFormat.of().formatHex(Sha256.of(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
