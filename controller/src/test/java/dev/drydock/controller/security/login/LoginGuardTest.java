package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.login.FailureStore.Kind;
import dev.drydock.controller.security.login.FailureStore.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LoginGuardTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final KeptFailures store = new KeptFailures();
    private final LoginGuard guard = new LoginGuard(store, () -> now);

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

    private void fail(String user, String address) {
        assertThat(attempt(user, address)).isEmpty();
        guard.failed(user, true, address);
    }

    @Test
    void onlyWhatFailedIsWritten() {
        assertThat(attempt("olga", "192.0.2.1")).isEmpty();
        guard.succeeded("olga", "192.0.2.1");
        assertThat(attempt("olga", "192.0.2.1")).isEmpty();
        guard.undone("olga", true, "192.0.2.1");
        guard.unlock("olga");
        assertThat(store.changes()).isZero();
    }

    @Test
    void aNameThatIsNobodysIsNotStoredButItsAddressIs() {
        assertThat(guard.attempt("my password, by mistake", false, "192.0.2.1")).isEmpty();
        guard.failed("my password, by mistake", false, "192.0.2.1");
        assertThat(store.subjects()).containsExactly(new Subject(Kind.ADDRESS, "192.0.2.1"));
    }

    @Test
    void theStoreHoldsNoMoreThanMemoryDoes() {
        for (int i = 0; i < FailureCounts.MOST + 100; i++) {
            fail("user" + i, "192.0." + i / 256 + "." + i % 256);
        }
        assertThat(store.subjects()).hasSize(2 * FailureCounts.MOST);
        assertThat(store.subjects()).doesNotContain(new Subject(Kind.USER, "user99"));
        assertThat(store.subjects()).contains(new Subject(Kind.USER, "user100"));
    }

    @Test
    void whoWasPushedOutAndFailsAgainIsStored() {
        fail("olga", "");
        for (int i = 0; i < FailureCounts.MOST; i++) {
            // Each attempt may push somebody out, and no change is written before the last one.
            assertThat(attempt("user" + i, "")).isEmpty();
        }
        fail("olga", "");
        assertThat(store.subjects()).contains(new Subject(Kind.USER, "olga"));
    }

    @Test
    void theDelayIsNotLostWhereNothingCanBeWritten() {
        store.breakDown();
        for (int i = 0; i < LoginGuard.FREE; i++) {
            assertThat(attempt("olga", "")).isEmpty();
            assertThatThrownBy(() -> guard.failed("olga", true, "")).hasMessage("broken");
        }
        assertThat(attempt("olga", "")).contains(Duration.ofSeconds(30));
    }

    @Test
    void aClockThatWasAheadKeepsNobodyOutForLong() {
        Instant real = now;
        now = now.plus(Duration.ofDays(400));
        for (int i = 0; i < LoginGuard.FREE; i++) {
            fail("olga", "");
        }
        now = real;
        assertThat(new LoginGuard(store, () -> now).lockedUntil("olga")).contains(now.plusSeconds(30));
    }

    /** Whatever came before: who starts anew from the store keeps the same people waiting for as long. */
    @Property(tries = 200)
    void aRestartForgivesNothing(@ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> ends, @ForAll long seed) {
        // Of its own: tries share the fields.
        KeptFailures store = new KeptFailures();
        LoginGuard guard = new LoginGuard(store, () -> now);
        Random random = new Random(seed);
        for (int end : ends) {
            String user = "user" + random.nextInt(2);
            String address = "192.0.2." + random.nextInt(2);
            now = now.plusSeconds(random.nextInt(400));
            if (guard.attempt(user, true, address).isEmpty()) {
                switch (end) {
                    case 0 -> guard.succeeded(user, address);
                    case 1 -> guard.undone(user, true, address);
                    default -> guard.failed(user, true, address);
                }
            } else if (end == 0) {
                guard.unlock(user);
            }
        }
        LoginGuard anew = new LoginGuard(store, () -> now);
        for (String user : List.of("user0", "user1")) {
            assertThat(anew.lockedUntil(user)).isEqualTo(guard.lockedUntil(user));
            for (String address : List.of("", "192.0.2.0", "192.0.2.1")) {
                assertThat(anew.attempt(user, true, address)).isEqualTo(guard.attempt(user, true, address));
            }
        }
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
