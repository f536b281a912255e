package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who guesses waits, and a restart forgives nobody. */
final class LockOutTest extends LoginFixture {
    @Test
    void whoGuessesWaitsAndSoDoesTheRightOne() {
        for (int i = 0; i < 5; i++) {
            login("olga", "wrong", "");
        }
        assertThat(login("olga", PASSWORD, ""))
                .isEqualTo(new Logins.Refused(Logins.Reason.WAIT, Duration.ofSeconds(30)));
        assertThat(told).last().isEqualTo("'olga' LOCKED_OUT");
        now = now.plusSeconds(30);
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.LoggedIn.class);
    }

    private void lockedOut() {
        for (int i = 0; i < 5; i++) {
            assertThat(parts.logins().login("olga", "wrong", "", "192.0.2." + i))
                    .isEqualTo(new Logins.Refused(Logins.Reason.WRONG, Duration.ZERO));
        }
    }

    @Test
    void aRestartForgivesNoUser() throws Exception {
        lockedOut();
        restart();
        assertThat(login("olga", PASSWORD, ""))
                .isEqualTo(new Logins.Refused(Logins.Reason.WAIT, Duration.ofSeconds(30)));
        assertThat(parts.accounts().standing(users.find("olga")).lockedUntil()).contains(now.plusSeconds(30));
        now = now.plusSeconds(30);
        assertThat(login("olga", "wrong", "")).isInstanceOf(Logins.Refused.class);
        restart();
        assertThat(login("olga", PASSWORD, ""))
                .isEqualTo(new Logins.Refused(Logins.Reason.WAIT, Duration.ofSeconds(60)));
    }

    @Test
    void aRestartForgivesNoAddressWhateverNamesItTried() throws Exception {
        for (int i = 0; i < 5; i++) {
            login("nobody" + i, "wrong", "");
        }
        restart();
        assertThat(login("olga", PASSWORD, ""))
                .isEqualTo(new Logins.Refused(Logins.Reason.WAIT, Duration.ofSeconds(30)));
    }

    @Test
    void codesThatWereTriedAreCountedOverARestart() throws Exception {
        byte[] secret = enrolled();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> parts.accounts().confirm("olga", "000000x"))
                    .hasMessageContaining("is wrong");
        }
        restart();
        assertThatThrownBy(() -> parts.accounts().confirm("olga", code(secret))).hasMessageContaining("wait 31 s");
    }

    @Test
    void theRightPasswordIsTheEndOfItOverARestart() throws Exception {
        lockedOut();
        now = now.plusSeconds(30);
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.LoggedIn.class);
        restart();
        assertThat(parts.logins().login("olga", "wrong", "", "192.0.2.9"))
                .isEqualTo(new Logins.Refused(Logins.Reason.WRONG, Duration.ZERO));
        assertThat(parts.logins().login("olga", PASSWORD, "", "192.0.2.9")).isInstanceOf(Logins.LoggedIn.class);
    }

    @Test
    void anUnlockedUserIsSoOverARestart() throws Exception {
        lockedOut();
        parts.accounts().unlock("olga", "admin");
        restart();
        assertThat(parts.logins().login("olga", PASSWORD, "", "192.0.2.9")).isInstanceOf(Logins.LoggedIn.class);
    }

    private void rename(String from, String to) {
        int unused = store.writeNow(handle -> handle.execute("ALTER TABLE " + from + " RENAME TO " + to));
    }

    /** Reading goes on, and no write comes through: the one way in must not be open for it. */
    @Test
    void whereFailuresCannotBeWrittenNobodyGetsIn() {
        rename("login_failures", "login_failures_away");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> login("olga", "wrong", "")).isInstanceOf(RuntimeException.class);
        }
        assertThat(login("olga", PASSWORD, ""))
                .isEqualTo(new Logins.Refused(Logins.Reason.WAIT, Duration.ofSeconds(30)));
        assertThatThrownBy(() -> parts(new Passwords.Strength(16, 1, 1))).isInstanceOf(RuntimeException.class);
        // And once it can be written again, what was counted meanwhile goes on.
        rename("login_failures_away", "login_failures");
        now = now.plusSeconds(30);
        assertThat(login("olga", "wrong", "")).isEqualTo(new Logins.Refused(Logins.Reason.WRONG, Duration.ZERO));
        assertThat(login("olga", PASSWORD, ""))
                .isEqualTo(new Logins.Refused(Logins.Reason.WAIT, Duration.ofSeconds(60)));
    }
}
