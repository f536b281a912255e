package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.store.SqlLogins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LoginsTest extends LoginFixture {
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
}
