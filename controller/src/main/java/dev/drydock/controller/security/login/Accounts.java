package dev.drydock.controller.security.login;

import dev.drydock.controller.security.UnknownUserException;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.UserRefusedException;
import dev.drydock.controller.security.UserStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Passwords and second factors: how they are set, changed and taken away. Thread-safe. */
public final class Accounts {
    private static final String ISSUER = "Drydock";
    private static final int GIVEN_PASSWORD_BYTES = 15;

    private final UserStore users;
    private final LoginStore store;
    private final PersonStore persons;
    private final Credentials credentials;
    private final Passwords passwords;
    private final SecretBox box;
    private final LoginGuard guard;
    private final Sessions sessions;
    private final LoginEvents events;
    private final SecureRandom random;
    private final InstantSource clock;

    Accounts(
            UserStore users,
            LoginStore store,
            PersonStore persons,
            Credentials credentials,
            Passwords passwords,
            SecretBox box,
            LoginGuard guard,
            Sessions sessions,
            LoginEvents events,
            SecureRandom random,
            InstantSource clock) {
        this.users = users;
        this.store = store;
        this.persons = persons;
        this.credentials = credentials;
        this.passwords = passwords;
        this.box = box;
        this.guard = guard;
        this.sessions = sessions;
        this.events = events;
        this.random = random;
        this.clock = clock;
    }

    /** What a user has to log in with; none of it secret. */
    public record Standing(
            boolean password, boolean mustChange, boolean totp, boolean provider, Optional<Instant> lockedUntil) {}

    /** @param secret in Base32 */
    public record Enrolment(String secret, String uri) {}

    /** Of all users, by name. */
    public Function<User, Standing> standings() {
        Map<String, LoginRecord> logins =
                store.list().stream().collect(Collectors.toMap(LoginRecord::user, Function.identity()));
        Set<String> allowed = persons.allowed();
        return user ->
                standing(user.name(), Optional.ofNullable(logins.get(user.name())), allowed.contains(user.name()));
    }

    public Standing standing(User user) {
        return standing(user.name(), store.find(user.name()), persons.allowed().contains(user.name()));
    }

    private Standing standing(String name, Optional<LoginRecord> login, boolean provider) {
        return new Standing(
                login.isPresent(),
                login.map(LoginRecord::mustChange).orElse(false),
                login.map(LoginRecord::asksForCode).orElse(false),
                provider,
                guard.lockedUntil(name));
    }

    /**
     * Gives a password that lets the user in to choose another, for three days. All sessions of the user end.
     *
     * @return it: shown once
     */
    public String reset(String user, String by) {
        require(user);
        byte[] bytes = new byte[GIVEN_PASSWORD_BYTES];
        random.nextBytes(bytes);
        String given = Base32.encode(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{6})(?=.)", "$1-");
        store.password(user, passwords.hash(given), true, clock.instant());
        guard.unlock(user);
        events.changed(user, LoginEvents.What.PASSWORD_RESET, by);
        return given;
    }

    private void require(String user) {
        if (users.find(user).isEmpty()) {
            throw new UnknownUserException(user);
        }
    }

    /**
     * All sessions of the user end.
     *
     * @throws IllegalArgumentException with all that is wrong with the new one
     * @throws UserRefusedException the old one is wrong, or too many were
     */
    public void change(String user, String old, String fresh) {
        List<String> problems = new ArrayList<>(PasswordRules.problems(user, fresh));
        if (fresh.equals(old)) {
            problems.add("new_password: is the old one");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        LoginRecord unused = proven(user, old);
        store.password(user, passwords.hash(fresh), false, clock.instant());
        events.changed(user, LoginEvents.What.PASSWORD_CHANGED, user);
    }

    private LoginRecord proven(String user, String password) {
        return switch (credentials.check(user, password)) {
            case Credentials.Right right -> right.record();
            case Credentials.Wrong wrong ->
                throw new UserRefusedException("The password is wrong, or user " + user
                        + " has none; an administrator gives one with: drydock user passwd " + user + " --reset");
            case Credentials.Wait wait -> throw waiting(wait.time());
            case Credentials.Busy busy -> throw new Passwords.BusyException();
        };
    }

    private static UserRefusedException waiting(Duration time) {
        return new UserRefusedException(
                "There were too many wrong passwords or codes; wait " + (time.toSeconds() + 1) + " s.");
    }

    /**
     * Makes a secret for a second factor; it counts once {@link #confirm} has seen a code of it.
     *
     * @throws UserRefusedException the password is wrong, or there is a second factor already
     */
    public Enrolment enrol(String user, String password) {
        LoginRecord unused = proven(user, password);
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        if (!store.enrol(user, box.seal(secret, user))) {
            throw new UserRefusedException("User " + user + " has a second factor already; disable that one first.");
        }
        return new Enrolment(Base32.encode(secret), Totp.uri(ISSUER, user, secret));
    }

    /**
     * @return recovery codes: shown once
     * @throws UserRefusedException the code is wrong, or there is nothing to confirm
     */
    public List<String> confirm(String user, String code) {
        LoginRecord login = store.find(user)
                .filter(record -> record.totp().isPresent() && !record.confirmed())
                .orElseThrow(() -> new UserRefusedException(
                        "User " + user + " has no second factor to confirm; enrol one first: drydock user totp enrol"));
        // Else who has the user's token, and not the authenticator, could try all codes there are.
        guard.attempt(user, true, "").ifPresent(wait -> {
            throw waiting(wait);
        });
        OptionalLong step = credentials.step(login, code);
        List<String> recovery = RecoveryCodes.fresh(random);
        if (step.isEmpty()
                || !store.confirm(
                        user,
                        login.totp().orElseThrow(),
                        step.getAsLong(),
                        recovery.stream().map(RecoveryCodes::hash).toList())) {
            guard.failed(user, true, "");
            throw new UserRefusedException(
                    "The code is wrong. Type the one that is shown now; if it is, look at the clocks of both machines.");
        }
        guard.succeeded(user, "");
        events.changed(user, LoginEvents.What.TOTP_CONFIRMED, user);
        return recovery;
    }

    /** @throws UserRefusedException the password or the code is wrong */
    public void disable(String user, String password, String code) {
        switch (credentials.check(user, password, code, "")) {
            case Credentials.Right right -> resetTotp(user, user);
            case Credentials.Wrong wrong -> throw new UserRefusedException("The password or the code is wrong.");
            case Credentials.Wait wait -> throw waiting(wait.time());
            case Credentials.Busy busy -> throw new Passwords.BusyException();
        }
    }

    /** For who lost it. */
    public void resetTotp(String user, String by) {
        require(user);
        store.removeTotp(user);
        events.changed(user, LoginEvents.What.TOTP_REMOVED, by);
    }

    public void unlock(String user, String by) {
        require(user);
        guard.unlock(user);
        events.changed(user, LoginEvents.What.UNLOCKED, by);
    }

    /** Whoever signs in first by the provider, under the user's name, is the user from then on. */
    public void allowSingleSignOn(String user, String by) {
        require(user);
        persons.allow(user);
        events.changed(user, LoginEvents.What.SINGLE_SIGN_ON_ALLOWED, by);
    }

    /** Forgets who it was, and ends all sessions of the user. */
    public void forbidSingleSignOn(String user, String by) {
        require(user);
        persons.forbid(user);
        int unused = sessions.revokeAll(user);
        events.changed(user, LoginEvents.What.SINGLE_SIGN_ON_FORBIDDEN, by);
    }

    /** @return how many there were */
    public int endSessions(String user, String by) {
        int ended = sessions.revokeAll(user);
        events.changed(user, LoginEvents.What.SESSIONS_REVOKED, by);
        return ended;
    }
}
