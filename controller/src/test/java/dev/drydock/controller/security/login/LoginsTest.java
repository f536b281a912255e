package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.UserRefusedException;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.store.SqlLoginFailures;
import dev.drydock.controller.store.SqlLogins;
import dev.drydock.controller.store.SqlPersons;
import dev.drydock.controller.store.SqlSessions;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.TestStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginsTest {
    private static final String PASSWORD = "seven kites over the pier";
    private static final String ADDRESS = "192.0.2.1";

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private SqlStore store;
    private Users users;
    private LoginParts parts;
    private SqlUsers kept;

    private final LoginEvents events = new LoginEvents() {
        @Override
        public void loggedIn(String user, String address, String session) {
            told.add(user + " from " + address);
        }

        @Override
        public void refused(String name, String address, Why why) {
            told.add("'" + name + "' " + why);
        }

        @Override
        public void changed(String user, What what, String by) {
            told.add(user + " " + what + " by " + by);
        }
    };

    @BeforeEach
    void open() throws Exception {
        store = TestStores.open(directory.resolve("drydock.db"));
        kept = new SqlUsers(store);
        users = new Users(kept, () -> now);
        users.add("olga", new Grant(Role.OPERATOR, HostScope.of("host.labels.client == 'a'")));
        parts = parts(new Passwords.Strength(16, 1, 1));
        parts.accounts().change("olga", parts.accounts().reset("olga", "admin"), PASSWORD);
        told.clear();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LoginParts parts(Passwords.Strength strength) throws IOException {
        return LoginParts.of(
                kept,
                new SqlLogins(store),
                new SqlLoginFailures(store),
                new SqlSessions(store, kept),
                new SqlPersons(store, () -> now),
                new Passwords(random, strength, 2),
                SecretBox.open(directory.resolve("totp.key"), random),
                events,
                random,
                () -> now);
    }

    private Logins.Outcome login(String name, String password, String code) {
        return parts.logins().login(name, password, code, ADDRESS);
    }

    private Sessions.Begun loggedIn(String password, String code) {
        return ((Logins.LoggedIn) login("olga", password, code)).session();
    }

    @Test
    void theRightPasswordBeginsASessionThatMayWhatItsUserMay() {
        Sessions.Begun begun = loggedIn(PASSWORD, "");
        Sessions.Live live = parts.sessions().find(begun.secret()).orElseThrow();
        Principal principal = live.principal();
        assertThat(principal.user()).isEqualTo("olga");
        assertThat(principal.grants()).isEqualTo(users.find("olga").grants());
        assertThat(principal.credential())
                .isEqualTo("session " + begun.session().id());
        assertThat(begun.toString()).doesNotContain(begun.secret());
        assertThat(told).containsExactly("olga from " + ADDRESS);
    }

    @Test
    void theAnswerIsTheSameWhateverIsWrong() {
        Logins.Refused wrong = new Logins.Refused(Logins.Reason.WRONG, Duration.ZERO);
        users.add("anna", Grant.everywhere(Role.VIEWER));
        assertThat(login("olga", "wrong", "")).isEqualTo(wrong);
        assertThat(login("nobody", PASSWORD, "")).isEqualTo(wrong);
        assertThat(login("anna", PASSWORD, "")).isEqualTo(wrong);
        assertThat(login(PASSWORD, "olga", "")).isEqualTo(wrong);
        assertThat(told)
                .containsExactly(
                        "'olga' WRONG_PASSWORD", "'nobody' UNKNOWN_USER", "'anna' NO_PASSWORD", "'' UNKNOWN_USER");
    }

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

    private void restart() throws Exception {
        store.close();
        store = TestStores.open(directory.resolve("drydock.db"));
        kept = new SqlUsers(store);
        users = new Users(kept, () -> now);
        parts = parts(new Passwords.Strength(16, 1, 1));
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

    private byte[] enrolled() {
        String uri = parts.accounts().enrol("olga", PASSWORD).uri();
        byte[] secret = secret();
        assertThat(uri).contains("secret=" + Base32.encode(secret));
        return secret;
    }

    /** As the database and the key have it. */
    private byte[] secret() {
        try {
            String closed =
                    new SqlLogins(store).find("olga").orElseThrow().totp().orElseThrow();
            return SecretBox.open(directory.resolve("totp.key"), random)
                    .open(closed, "olga")
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String code(byte[] secret) {
        return Totp.code(secret, now.getEpochSecond() / 30);
    }

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
    void anAdministratorsPasswordLetsInForThreeDaysToChooseAnother() {
        String given = parts.accounts().reset("olga", "admin");
        Logins.LoggedIn in = (Logins.LoggedIn) login("olga", given, "");
        assertThat(in.mustChangePassword()).isTrue();
        Sessions.Live live = parts.sessions().find(in.session().secret()).orElseThrow();
        assertThat(live.mustChangePassword()).isTrue();
        assertThat(live.principal().grants()).isEmpty();
        now = now.plus(Duration.ofDays(3)).plusSeconds(1);
        assertThat(login("olga", given, "")).isInstanceOf(Logins.Refused.class);
        assertThat(told).last().isEqualTo("'olga' EXPIRED_PASSWORD");
    }

    @Test
    void anotherPasswordEndsAllSessionsAndSoDoesTheUsersRemoval() {
        String one = loggedIn(PASSWORD, "").secret();
        String other = loggedIn(PASSWORD, "").secret();
        parts.accounts().change("olga", PASSWORD, "eight kites over the pier");
        assertThat(parts.sessions().find(one)).isEmpty();
        assertThat(parts.sessions().find(other)).isEmpty();
        String last = loggedIn("eight kites over the pier", "").secret();
        users.remove("olga");
        assertThat(parts.sessions().find(last)).isEmpty();
        assertThat(login("olga", "eight kites over the pier", "")).isInstanceOf(Logins.Refused.class);
    }

    @Test
    void aSessionEndsWithoutUseAndAfterHalfADay() {
        Instant begin = now;
        String idle = loggedIn(PASSWORD, "").secret();
        String used = loggedIn(PASSWORD, "").secret();
        now = now.plus(Sessions.IDLE).minusMillis(1);
        assertThat(parts.sessions().find(used)).isPresent();
        store.writeNow(handle -> 0);
        now = now.plusMillis(1);
        assertThat(parts.sessions().find(idle)).isEmpty();
        while (now.isBefore(begin.plus(Sessions.LONGEST))) {
            assertThat(parts.sessions().find(used)).isPresent();
            store.writeNow(handle -> 0);
            now = now.plus(Duration.ofMinutes(20));
        }
        assertThat(parts.sessions().find(used)).isEmpty();
    }

    /** As the streams of a page do, that nobody may look at any more. */
    @Test
    void lookingAtASessionDoesNotKeepItGoing() {
        String left = loggedIn(PASSWORD, "").secret();
        now = now.plus(Sessions.IDLE).minusMillis(1);
        assertThat(parts.sessions().look(left)).isPresent();
        store.writeNow(handle -> 0);
        now = now.plusMillis(1);
        assertThat(parts.sessions().look(left)).isEmpty();
        assertThat(parts.sessions().find(left)).isEmpty();
    }

    @Test
    void oneSessionIsEndedOrAllAre() {
        Sessions.Begun one = loggedIn(PASSWORD, "");
        Sessions.Begun other = loggedIn(PASSWORD, "");
        assertThat(parts.sessions().list("olga")).hasSize(2);
        assertThat(parts.sessions().revoke("anna", one.session().id())).isFalse();
        assertThat(parts.sessions().revoke("olga", one.session().id())).isTrue();
        assertThat(parts.sessions().find(one.secret())).isEmpty();
        assertThat(parts.sessions().find(other.secret())).isPresent();
        parts.sessions().end(other.secret());
        assertThat(parts.sessions().revokeAll("olga")).isZero();
    }

    @Test
    void aFormsTokenIsOfItsSessionAlone() {
        String one = loggedIn(PASSWORD, "").secret();
        String other = loggedIn(PASSWORD, "").secret();
        assertThat(Sessions.isCsrf(one, Sessions.csrf(one))).isTrue();
        assertThat(Sessions.isCsrf(other, Sessions.csrf(one))).isFalse();
        assertThat(Sessions.isCsrf(one, "")).isFalse();
        assertThat(Sessions.csrf(one)).isNotEqualTo(one);
    }

    @Test
    void aPasswordIsHashedAnewOnceMoreWorkIsAskedFor() throws Exception {
        String before = new SqlLogins(store).find("olga").orElseThrow().password();
        parts = parts(new Passwords.Strength(32, 1, 1));
        String session = loggedIn(PASSWORD, "").secret();
        assertThat(new SqlLogins(store).find("olga").orElseThrow().password())
                .isNotEqualTo(before)
                .contains("m=32,");
        assertThat(parts.sessions().find(session)).isPresent();
        assertThat(login("olga", PASSWORD, "")).isInstanceOf(Logins.LoggedIn.class);
    }

    @Test
    void nothingThatLetsInIsInTheDatabase() throws Exception {
        byte[] secret = enrolled();
        String recovery = parts.accounts().confirm("olga", code(secret)).getFirst();
        now = now.plusSeconds(30);
        String session = loggedIn(PASSWORD, code(secret)).secret();
        store.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("drydock.db"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(PASSWORD, Base32.encode(secret), session, recovery, recovery.replace("-", ""))
                        .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("totp.key"))))
                .isEqualTo("rw-------");
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
