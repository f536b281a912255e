package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
    private static final Passwords.Strength LITTLE = new Passwords.Strength(16, 1, 1);

    private final Passwords passwords = new Passwords(new SecureRandom(), LITTLE, 2);

    /** Of the reference implementation's own tests (github.com/P-H-C/phc-winner-argon2, src/test.c). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
            })
    void readsWhatTheReferenceImplementationWrote(String phc) {
        assertThat(passwords.matches("password", phc)).isTrue();
        assertThat(passwords.matches("passwore", phc)).isFalse();
    }

    @Test
    void keepsAPasswordAsPhcStringThatHoldsNothingOfIt() {
        String phc = passwords.hash("seven kites over the pier");
        assertThat(phc).matches("\\$argon2id\\$v=19\\$m=16,t=1,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(passwords.matches("seven kites over the pier", phc)).isTrue();
        assertThat(passwords.matches("seven kites over the pie", phc)).isFalse();
        assertThat(passwords.hash("seven kites over the pier")).isNotEqualTo(phc);
        assertThat(PhcString.parse(phc).text()).isEqualTo(phc);
    }

    @Test
    void whatIsTypedOnAnotherKeyboardIsTheSame() {
        String phc = passwords.hash("caf\u00e9 at the harbour");
        assertThat(passwords.matches("cafe\u0301 at the harbour", phc)).isTrue();
    }

    @Test
    void tellsWhatWasMadeWithLessWork() {
        String phc = passwords.hash("x");
        assertThat(passwords.outdated(phc)).isFalse();
        assertThat(new Passwords(new SecureRandom(), new Passwords.Strength(32, 1, 1), 1).outdated(phc))
                .isTrue();
        assertThat(new Passwords(new SecureRandom(), new Passwords.Strength(16, 2, 1), 1).outdated(phc))
                .isTrue();
        assertThat(new Passwords(new SecureRandom(), new Passwords.Strength(8, 1, 1), 1).outdated(phc))
                .isFalse();
    }

    /** OWASP, Password Storage Cheat Sheet: at least 19 MiB and two passes. */
    @Test
    void isAsStrongAsIsAskedFor() {
        assertThat(Passwords.STRENGTH.lessThan(new Passwords.Strength(19 * 1024, 2, 1)))
                .isFalse();
    }

    @Test
    void readsNothingElse() {
        assertThatThrownBy(() -> passwords.matches("x", "$2b$10$abc")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "olga",
                "olga-olga-olga",
                "OLGA olga OLGA",
                "password1234",
                "PassWord1234",
                "aaaaaaaaaaaaaaaa",
                "121212121212",
                "ababababababab"
            })
    void refusesWhatIsTriedFirst(String password) {
        assertThat(PasswordRules.problems("olga", password))
                .isNotEmpty()
                .noneMatch(problem -> password.length() > 6 && problem.contains(password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven kites over the pier", "twelve chars", "ЁжикВТумане12", "olga likes kites"})
    void asksForNoDigitsOrSigns(String password) {
        assertThat(PasswordRules.problems("olga", password)).isEmpty();
    }
}
