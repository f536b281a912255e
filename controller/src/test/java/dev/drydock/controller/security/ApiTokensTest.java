package dev.drydock.controller.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.store.SqlApiTokens;
import dev.drydock.controller.store.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiTokensTest {
    @TempDir
    Path directory;

    private SqliteStore store;
    private ApiTokens tokens;
    private Path file;

    @BeforeEach
    void open() {
        file = directory.resolve("admin.token");
        store = SqliteStore.open(directory.resolve("drydock.db"));
        tokens =
                new ApiTokens(new SqlApiTokens(store), new SecureRandom(), () -> Instant.parse("2026-11-24T12:00:00Z"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstStartMakesATokenThatOnlyTheOwnerCanRead() throws Exception {
        assertThat(tokens.ensureAdmin(file)).isTrue();

        String token = Files.readString(file).strip();
        assertThat(token).matches("dda1\\.[A-Za-z0-9_-]{43}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tokens.userOf(token)).map(User::name).contains("admin");
        assertThat(directory).isDirectoryNotContaining("glob:**.new-*");
    }

    @Test
    void laterStartsLeaveItAloneAlsoWhenItsFileWasTakenAway() throws Exception {
        tokens.ensureAdmin(file);
        String token = Files.readString(file).strip();
        Files.delete(file);

        assertThat(tokens.ensureAdmin(file)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(tokens.userOf(token)).map(User::name).contains("admin");
    }

    @Test
    void aTokenWhoseStartDiedBeforeItWasStoredIsMadeAgain() throws Exception {
        Files.writeString(file, "dda1.of-a-start-that-died\n");
        assertThat(tokens.ensureAdmin(file)).isTrue();
        assertThat(tokens.userOf(Files.readString(file).strip()))
                .map(User::name)
                .contains("admin");
        assertThat(tokens.userOf("dda1.of-a-start-that-died")).isEmpty();
    }

    @Test
    void knowsNoOtherToken() throws Exception {
        tokens.ensureAdmin(file);
        String token = Files.readString(file).strip();
        for (String other : new String[] {"", "dda1.", token + "x", token.substring(5), "dda1." + "A".repeat(10_000)}) {
            assertThat(tokens.userOf(other)).as(other).isEmpty();
        }
    }

    @Test
    void theTokenItselfIsNowhereInTheDatabase() throws Exception {
        tokens.ensureAdmin(file);
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
        assertThatThrownBy(() -> tokens.ensureAdmin(directory.resolve("absent/admin.token")))
                .isInstanceOf(IOException.class);
        assertThat(new SqlApiTokens(store).list()).isEmpty();
    }
}
