package dev.drydock.controller.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.store.SqlLoginFailures;
import dev.drydock.controller.store.SqlLogins;
import dev.drydock.controller.store.SqlPersons;
import dev.drydock.controller.store.SqlSessions;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One user, olga, who has a password, on a real store with a clock that stands. */
abstract class LoginFixture {
    static final String PASSWORD = "seven kites over the pier";
    static final String ADDRESS = "192.0.2.1";

    @TempDir
    Path directory;

    final SecureRandom random = new SecureRandom();
    final List<String> told = new ArrayList<>();
    Instant now = Instant.parse("2026-11-24T12:00:00Z");
    SqlStore store;
    Users users;
    LoginParts parts;
    SqlUsers kept;

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

    LoginParts parts(Passwords.Strength strength) throws IOException {
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

    Logins.Outcome login(String name, String password, String code) {
        return parts.logins().login(name, password, code, ADDRESS);
    }

    Sessions.Begun loggedIn(String password, String code) {
        return ((Logins.LoggedIn) login("olga", password, code)).session();
    }

    void restart() throws Exception {
        store.close();
        store = TestStores.open(directory.resolve("drydock.db"));
        kept = new SqlUsers(store);
        users = new Users(kept, () -> now);
        parts = parts(new Passwords.Strength(16, 1, 1));
    }

    byte[] enrolled() {
        String uri = parts.accounts().enrol("olga", PASSWORD).uri();
        byte[] secret = secret();
        assertThat(uri).contains("secret=" + Base32.encode(secret));
        return secret;
    }

    /** As the database and the key have it. */
    byte[] secret() {
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

    String code(byte[] secret) {
        return Totp.code(secret, now.getEpochSecond() / 30);
    }
}
