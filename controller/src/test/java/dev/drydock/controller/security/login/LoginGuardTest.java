package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LoginGuardTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final LoginGuard guard = new LoginGuard(() -> now);

    private Optional<Duration> attempt(String user, String address) {
        return guard.attempt(user, true, address);
    }

    @Test
    void afterFiveFailuresEachPauseIsTwiceAsLong() {
        for (int i = 0; i < LoginGuard.FREE; i++) {
            assertThat(attempt("olga", "192.0.2." + i)).isEmpty();
        }
        for (long seconds : new long[] {30, 60, 120, 240, 480, 900, 900}) {
            assertThat(attempt("olga", "")).contains(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds).minusMillis(1);
            assertThat(attempt("olga", "")).contains(Duration.ofMillis(1));
            now = now.plusMillis(1);
            assertThat(attempt("olga", "")).isEmpty();
        }
        assertThat(guard.lockedUntil("olga")).contains(now.plus(Duration.ofMinutes(15)));
        assertThat(guard.lockedUntil("anna")).isEmpty();
    }

    @Test
    void anAddressWaitsWhateverTheNames() {
        for (int i = 0; i < LoginGuard.FREE; i++) {
            assertThat(attempt("user" + i, "192.0.2.1")).isEmpty();
        }
        assertThat(attempt("anna", "192.0.2.1")).contains(Duration.ofSeconds(30));
        assertThat(attempt("anna", "192.0.2.2")).isEmpty();
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        for (int i = 0; i < LoginGuard.FREE; i++) {
            assertThat(attempt("user" + i, "2001:db8:1:2::" + i)).isEmpty();
        }
        assertThat(attempt("anna", "2001:db8:1:2:ffff::1")).isPresent();
        assertThat(attempt("anna", "2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void theRightOneClearsTheUserButNotTheAddress() {
        for (int i = 0; i < LoginGuard.FREE - 1; i++) {
            assertThat(attempt("olga", "192.0.2.1")).isEmpty();
        }
        // Who has an account does not get more guesses at another's by it.
        assertThat(attempt("mallory", "192.0.2.1")).isEmpty();
        guard.succeeded("mallory", "192.0.2.1");
        assertThat(attempt("olga", "192.0.2.1")).isEmpty();
        assertThat(attempt("anna", "192.0.2.1")).isPresent();
        guard.unlock("olga");
        assertThat(attempt("olga", "192.0.2.7")).isEmpty();
    }

    @Test
    void anAttemptCountsFromItsBegin() {
        for (int i = 0; i < LoginGuard.FREE; i++) {
            assertThat(attempt("olga", "")).isEmpty();
        }
        assertThat(attempt("olga", "")).isPresent();
    }

    @Test
    void whatWasNotTheCallersFaultCountsNot() {
        for (int i = 0; i < 3 * LoginGuard.FREE; i++) {
            assertThat(attempt("olga", "192.0.2.1")).isEmpty();
            guard.undone("olga", true, "192.0.2.1");
        }
    }

    @Test
    void failuresAreForgottenAfterAnHour() {
        for (int i = 0; i < LoginGuard.FREE - 1; i++) {
            assertThat(attempt("olga", "")).isEmpty();
        }
        now = now.plus(Duration.ofHours(1)).plusMillis(1);
        assertThat(attempt("olga", "")).isEmpty();
        assertThat(attempt("olga", "")).isEmpty();
    }

    @Test
    void namesThatAreNobodysPushNoUserOut() {
        for (int i = 0; i < LoginGuard.FREE; i++) {
            assertThat(attempt("olga", "")).isEmpty();
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(guard.attempt("nobody" + i, false, "")).isEmpty();
        }
        assertThat(attempt("olga", "")).isPresent();
    }

    /** A name that is nobody's is answered just as one that is somebody's. */
    @Property(tries = 50)
    void strangersWaitAsUsersDo(
            @ForAll @IntRange(min = 1, max = 30) int attempts, @ForAll @IntRange(max = 60) int pause) {
        for (int i = 0; i < attempts; i++) {
            assertThat(guard.attempt("nobody", false, "")).isEqualTo(guard.attempt("somebody", true, ""));
            now = now.plusSeconds(pause);
        }
    }
}
