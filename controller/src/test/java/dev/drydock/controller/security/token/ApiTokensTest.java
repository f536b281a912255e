package dev.drydock.controller.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.UserRefusedException;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.store.SqlApiTokens;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.TestStores;
import dev.drydock.proto.facts.v1.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiTokensTest {
    @TempDir
    Path directory;

    private SqlStore store;
    private Users users;
    private ApiTokens tokens;
    private FirstToken first;
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private Path file;

    @BeforeEach
    void open() {
        file = directory.resolve("admin.token");
        store = TestStores.open(directory.resolve("drydock.db"));
        SqlUsers kept = new SqlUsers(store);
        SqlApiTokens keptTokens = new SqlApiTokens(store, kept);
        users = new Users(kept, () -> now);
        tokens = new ApiTokens(keptTokens, new SecureRandom(), () -> now);
        first = new FirstToken(kept, keptTokens, tokens, () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstStartMakesATokenThatOnlyTheOwnerCanRead() throws Exception {
        assertThat(first.ensure(file, "admin")).isTrue();

        String token = Files.readString(file).strip();
        assertThat(token).matches("dda1\\.[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tokens.principal(token)).map(Principal::user).contains("admin");
        assertThat(directory).isDirectoryNotContaining("glob:**.new-*");
    }

    @Test
    void laterStartsLeaveItAloneAlsoWhenItsFileWasTakenAway() throws Exception {
        first.ensure(file, "admin");
        String token = Files.readString(file).strip();
        Files.delete(file);

        assertThat(first.ensure(file, "admin")).isFalse();
        assertThat(file).doesNotExist();
        assertThat(tokens.principal(token)).map(Principal::user).contains("admin");
    }

    @Test
    void aTokenWhoseStartDiedBeforeItWasStoredIsMadeAgain() throws Exception {
        Files.writeString(file, "dda1.of-a-start-that-died\n");
        assertThat(first.ensure(file, "admin")).isTrue();
        assertThat(tokens.principal(Files.readString(file).strip()))
                .map(Principal::user)
                .contains("admin");
        assertThat(tokens.principal("dda1.of-a-start-that-died")).isEmpty();
    }

    @Test
    void knowsNoOtherToken() throws Exception {
        first.ensure(file, "admin");
        String token = Files.readString(file).strip();
        for (String other : new String[] {"", "dda1.", token + "x", token.substring(5), "dda1." + "A".repeat(10_000)}) {
            assertThat(tokens.principal(other)).as(other).isEmpty();
        }
    }

    @Test
    void theTokenItselfIsNowhereInTheDatabase() throws Exception {
        first.ensure(file, "admin");
        String secret = Files.readString(file).strip().substring(5);
        store.close();
        for (String part : new String[] {"drydock.db", "drydock.db-wal"}) {
            Path stored = directory.resolve(part);
            if (Files.exists(stored)) {
                assertThat(Files.readString(stored, StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void noFileNoToken() {
        assertThatThrownBy(() -> first.ensure(directory.resolve("absent/admin.token"), "admin"))
                .isInstanceOf(IOException.class);
        assertThat(users.list()).isEmpty();
    }

    private String made(String name, Optional<Duration> lasts, TokenScope scope) {
        return tokens.create("olga", name, lasts, scope, "admin").secret();
    }

    @Test
    void aTokenGivesLessThanItsUserHasAndNeverMore() throws Exception {
        users.add("olga", new Grant(Role.OPERATOR, HostScope.of("host.labels.client == 'a'")));
        users.grant("olga", Grant.everywhere(Role.VIEWER));
        String all = made("all", Optional.empty(), TokenScope.ALL);
        String viewer = made("viewer", Optional.empty(), new TokenScope(Optional.of(Role.VIEWER), HostScope.WHOLE));
        String more = made("more", Optional.empty(), new TokenScope(Optional.of(Role.ADMIN), HostScope.WHOLE));
        String web = made(
                "web", Optional.empty(), new TokenScope(Optional.empty(), HostScope.of("host.labels.role == 'web'")));

        assertThat(tokens.principal(all).orElseThrow().narrowed()).isFalse();
        assertThat(tokens.principal(all).orElseThrow().grants())
                .isEqualTo(users.find("olga").grants());
        assertThat(tokens.principal(viewer).orElseThrow().anywhere(Role.OPERATOR))
                .isFalse();
        assertThat(tokens.principal(viewer).orElseThrow().narrowed()).isTrue();
        assertThat(tokens.principal(more).orElseThrow().anywhere(Role.APPROVER)).isFalse();
        Principal narrow = tokens.principal(web).orElseThrow();
        assertThat(narrow.everywhere(Role.VIEWER)).isFalse();
        assertThat(narrow.may(Role.OPERATOR, host("a", "web"))).isTrue();
        assertThat(narrow.may(Role.OPERATOR, host("a", "db"))).isFalse();
        assertThat(narrow.may(Role.OPERATOR, host("b", "web"))).isFalse();
        assertThat(narrow.may(Role.VIEWER, host("b", "web"))).isTrue();
    }

    private static Host host(String client, String role) {
        return Host.newBuilder()
                .putLabels("client", client)
                .putLabels("role", role)
                .build();
    }

    @Test
    void aTokenIsItsUsersWhateverItsName() {
        users.add("olga", Grant.everywhere(Role.OPERATOR));
        String one = made("one", Optional.empty(), TokenScope.ALL);
        String other = made("other", Optional.empty(), TokenScope.ALL);
        assertThat(tokens.principal(one)).map(Principal::user).contains("olga");
        assertThat(tokens.principal(other)).map(Principal::user).contains("olga");
        assertThat(tokens.principal(other)).map(Principal::credential).contains("token other");
    }

    @Test
    void itEndsWhenItsTimeIsOverWhenItIsRevokedAndWithItsUser() {
        users.add("olga", Grant.everywhere(Role.OPERATOR));
        String hour = made("hour", Optional.of(Duration.ofHours(1)), TokenScope.ALL);
        String revoked = made("revoked", Optional.empty(), TokenScope.ALL);
        String last = made("last", Optional.empty(), TokenScope.ALL);
        now = now.plus(Duration.ofHours(1)).minusMillis(1);
        assertThat(tokens.principal(hour)).isPresent();
        now = now.plusMillis(1);
        assertThat(tokens.principal(hour)).isEmpty();
        assertThat(tokens.revoke("olga", "revoked")).isTrue();
        assertThat(tokens.revoke("olga", "revoked")).isFalse();
        assertThat(tokens.principal(revoked)).isEmpty();
        assertThat(tokens.principal(last)).isPresent();
        users.remove("olga");
        assertThat(tokens.principal(last)).isEmpty();
    }

    @Test
    void useIsNotedOnceAMinuteAtMost() {
        users.add("olga", Grant.everywhere(Role.OPERATOR));
        String secret = made("one", Optional.empty(), TokenScope.ALL);
        Instant begin = now;
        for (int second = 0; second <= 60; second += 20) {
            now = begin.plusSeconds(second);
            assertThat(tokens.principal(secret)).isPresent();
            store.writeNow(handle -> 0);
            assertThat(tokens.list("olga").getFirst().lastUsed()).contains(second < 60 ? begin : begin.plusSeconds(60));
        }
    }

    @Test
    void twoOfAUserCannotHaveOneName() {
        users.add("olga", Grant.everywhere(Role.OPERATOR));
        made("one", Optional.empty(), TokenScope.ALL);
        assertThatThrownBy(() -> made("one", Optional.empty(), TokenScope.ALL))
                .isInstanceOf(UserRefusedException.class)
                .hasMessageContaining("a token one already");
        assertThatThrownBy(() -> made("No Name", Optional.of(Duration.ZERO), TokenScope.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name: 'No Name'")
                .hasMessageContaining("ttl: PT0S");
    }

    @Test
    void whoLostTheAdministratorsTokenGetsAnotherAndTheFormerOnesEnd() throws Exception {
        first.ensure(file, "admin");
        String lost = Files.readString(file).strip();
        String other = tokens.create("admin", "ci", Optional.empty(), TokenScope.ALL, "admin")
                .secret();
        assertThat(first.replace(file, "admin")).isEqualTo(2);
        assertThat(tokens.principal(lost)).isEmpty();
        assertThat(tokens.principal(other)).isEmpty();
        assertThat(tokens.principal(Files.readString(file).strip())
                        .orElseThrow()
                        .everywhere(Role.ADMIN))
                .isTrue();
    }
}
