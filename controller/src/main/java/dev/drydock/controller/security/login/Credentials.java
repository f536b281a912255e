package dev.drydock.controller.security.login;

import dev.drydock.controller.security.UserStore;
import dev.drydock.controller.security.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what somebody says to be let in by. Whoever the name is of, and whatever is wrong, it is as much work and the same
 * answer, so that nobody learns which names there are. Thread-safe.
 */
final class Credentials {
    private static final Logger log = LoggerFactory.getLogger(Credentials.class);
    private static final Duration GIVEN_PASSWORD_LASTS = Duration.ofDays(3);

    private final UserStore users;
    private final LoginStore store;
    private final Passwords passwords;
    private final SecretBox box;
    private final LoginGuard guard;
    private final LoginEvents events;
    private final InstantSource clock;

    Credentials(
            UserStore users,
            LoginStore store,
            Passwords passwords,
            SecretBox box,
            LoginGuard guard,
            LoginEvents events,
            InstantSource clock) {
        this.users = users;
        this.store = store;
        this.passwords = passwords;
        this.box = box;
        this.guard = guard;
        this.events = events;
        this.clock = clock;
    }

    sealed interface Answer {}

    record Right(LoginRecord record) implements Answer {}

    record Wrong() implements Answer {}

    record Wait(Duration time) implements Answer {}

    record Busy() implements Answer {}

    /** A password and, where the user has a second factor, its code. */
    Answer check(String name, String password, String code, String address) {
        return guarded(name, address, () -> judge(name, password, Optional.of(code)));
    }

    /** The password alone, of somebody who is let in already. */
    Answer check(String name, String password) {
        return guarded(name, "", () -> judge(name, password, Optional.empty()));
    }

    private sealed interface Verdict {}

    private record Good(LoginRecord login) implements Verdict {}

    private record Bad(LoginEvents.Why why) implements Verdict {}

    private Answer guarded(String name, String address, Supplier<Verdict> judge) {
        boolean known = users.find(name).isPresent();
        Optional<Duration> wait = guard.attempt(name, known, address);
        if (wait.isPresent()) {
            events.refused(shown(name), address, LoginEvents.Why.LOCKED_OUT);
            return new Wait(wait.get());
        }
        try {
            return switch (judge.get()) {
                case Bad bad -> {
                    guard.failed(name, known, address);
                    events.refused(shown(name), address, bad.why());
                    yield new Wrong();
                }
                case Good good -> {
                    guard.succeeded(name, address);
                    yield new Right(good.login());
                }
            };
        } catch (Passwords.BusyException e) {
            guard.undone(name, known, address);
            events.refused(shown(name), address, LoginEvents.Why.BUSY);
            return new Busy();
        }
    }

    private static String shown(String name) {
        return Users.isName(name) ? name : "";
    }

    private Verdict judge(String name, String password, Optional<String> code) {
        Optional<LoginRecord> found = store.find(name);
        if (found.isEmpty()) {
            passwords.matchesNobody(password);
            return new Bad(users.find(name).isEmpty() ? LoginEvents.Why.UNKNOWN_USER : LoginEvents.Why.NO_PASSWORD);
        }
        LoginRecord login = found.get();
        if (!passwords.matches(password, login.password())) {
            return new Bad(LoginEvents.Why.WRONG_PASSWORD);
        }
        if (login.mustChange() && clock.instant().isAfter(login.changedAt().plus(GIVEN_PASSWORD_LASTS))) {
            return new Bad(LoginEvents.Why.EXPIRED_PASSWORD);
        }
        if (login.asksForCode() && code.isPresent() && !takes(login, code.get())) {
            return new Bad(LoginEvents.Why.WRONG_CODE);
        }
        if (passwords.outdated(login.password())) {
            store.rehashed(name, login.password(), passwords.hash(password));
        }
        return new Good(login);
    }

    /** Whether what was looked at is what counts now: no other password came in between. */
    boolean stands(LoginRecord judged) {
        return store.find(judged.user())
                .filter(now -> now.changedAt().equals(judged.changedAt()))
                .isPresent();
    }

    /** A code, or a recovery code, that was not taken yet: it is then. */
    boolean takes(LoginRecord login, String code) {
        OptionalLong step = step(login, code);
        if (step.isPresent()) {
            return store.useStep(login.user(), step.getAsLong());
        }
        boolean recovered = store.useRecovery(login.user(), RecoveryCodes.hash(code));
        if (recovered) {
            events.changed(login.user(), LoginEvents.What.RECOVERY_CODE_USED, login.user());
        }
        return recovered;
    }

    /** Of which step the code is; empty: of none that is good now. */
    OptionalLong step(LoginRecord login, String code) {
        Instant now = clock.instant();
        Optional<byte[]> secret = login.totp().flatMap(closed -> box.open(closed, login.user()));
        if (login.totp().isPresent() && secret.isEmpty()) {
            log.error(
                    "the second factor of user {} cannot be opened: totp.key is not the one that sealed it",
                    login.user());
        }
        return secret.map(bytes -> Totp.step(bytes, code.strip(), now, login.usedThrough()))
                .orElse(OptionalLong.empty());
    }
}
