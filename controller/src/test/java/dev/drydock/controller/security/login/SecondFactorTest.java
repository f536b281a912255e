package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.UserRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Codes of a telephone, what takes their place, and the key by which their secrets are sealed. */
final class SecondFactorTest extends LoginFixture {
    @Test
    void aSecondFactorCountsOnceItIsConfirmed() {
        byte[] secret = enrolled();
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.LoggedIn.class);
        assertThatThrownBy(() -> parts.accounts().confirm("olga", "000000x"))
                .isInstanceOf(UserRefusedException.class)
                .hasMessageContaining("The code is wrong");
        List<String> recovery = parts.accounts().confirm("olga", code(secret));
        assertThat(recovery)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
        assertThatThrownBy(() -> parts.accounts().enrol("olga", PASSWORD))
                .isInstanceOf(UserRefusedException.class)
                .hasMessageContaining("has a second factor already");
        // The code that confirmed it is spent.
        assertThat(login("olga", PASSWORD, code(secret))).isInstanceOf(Logins.Refused.class);
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.Refused.class);
        now = now.plusSeconds(30);
        assertThat(login("olga", PASSWORD, code(secret))).isInstanceOf(Logins.LoggedIn.class);
        assertThat(login("olga", PASSWORD, code(secret))).isInstanceOf(Logins.Refused.class);
        assertThat(told).last().isEqualTo("'olga' WRONG_CODE");
    }

    @Test
    void codesThatConfirmCannotAllBeTried() {
        byte[] secret = enrolled();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> parts.accounts().confirm("olga", "000000x"))
                    .hasMessageContaining("is wrong");
        }
        assertThatThrownBy(() -> parts.accounts().confirm("olga", code(secret))).hasMessageContaining("wait 31 s");
        now = now.plusSeconds(30);
        assertThat(parts.accounts().confirm("olga", code(secret))).hasSize(10);
    }

    @Test
    void aRecoveryCodeIsGoodOnceHoweverItIsTyped() {
        byte[] secret = enrolled();
        String recovery = parts.accounts().confirm("olga", code(secret)).get(3);
        assertThat(login("olga", PASSWORD, " " + recovery.replace("-", "").toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(Logins.LoggedIn.class);
        assertThat(login("olga", PASSWORD, recovery)).isInstanceOf(Logins.Refused.class);
        assertThat(told).contains("olga RECOVERY_CODE_USED by olga");
    }

    @Test
    void aSecondFactorIsTakenAwayByItsUserOrAnAdministrator() {
        byte[] secret = enrolled();
        parts.accounts().confirm("olga", code(secret));
        assertThatThrownBy(() -> parts.accounts().disable("olga", PASSWORD, "000000x"))
                .isInstanceOf(UserRefusedException.class);
        now = now.plusSeconds(60);
        parts.accounts().disable("olga", PASSWORD, code(secret));
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.LoggedIn.class);
        parts.accounts().confirm("olga", code(enrolled()));
        parts.accounts().resetTotp("olga", "admin");
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.LoggedIn.class);
    }

    @Test
    void withoutTheKeyNoCodeIsRight() throws Exception {
        byte[] secret = enrolled();
        parts.accounts().confirm("olga", code(secret));
        now = now.plusSeconds(60);
        Files.delete(directory.resolve("totp.key"));
        parts = parts(new Passwords.Strength(16, 1, 1));
        assertThat(login("olga", PASSWORD, code(secret))).isInstanceOf(Logins.Refused.class);
    }

    @Test
    void aKeyThatOthersMayReadOrThatIsNoneIsRefused() throws Exception {
        Path file = directory.resolve("totp.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SecretBox.open(file, random)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        for (String other : List.of("", "AAAA", "no base 64!")) {
            Files.writeString(file, other);
            assertThatThrownBy(() -> SecretBox.open(file, random)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsSealedForOneOpensForNoOther() throws Exception {
        SecretBox box = SecretBox.open(directory.resolve("totp.key"), random);
        String closed = box.seal(new byte[] {1, 2, 3}, "olga");
        assertThat(box.open(closed, "olga")).contains(new byte[] {1, 2, 3});
        assertThat(box.open(closed, "anna")).isEmpty();
        assertThat(box.open("AAAA", "olga")).isEmpty();
        assertThat(box.seal(new byte[] {1, 2, 3}, "olga")).isNotEqualTo(closed);
    }
}
