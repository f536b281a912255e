package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.security.token.ApiTokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Tokens of releases that knew no users go on working. */
final class AccessMigrationTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void eachTokenBecomesAUserWithThatToken() {
        Path file = directory.resolve("drydock.db");
        SQLiteDataSource before = new SQLiteDataSource(SqliteStore.config());
        before.setUrl("jdbc:sqlite:" + file);
        Flyway.configure()
                .dataSource(before)
                .locations("classpath:db/migration")
                .placeholders(Map.of("bytes", "BLOB"))
                .target("13")
                .load()
                .migrate();
        Jdbi.create(before).useHandle(handle -> {
            insert(handle, "admin", "ADMIN");
            insert(handle, "olga", "OPERATOR");
        });

        try (SqliteStore store = SqliteStore.open(file)) {
            SqlUsers users = new SqlUsers(store);
            ApiTokens tokens = new ApiTokens(new SqlApiTokens(store, users), new SecureRandom(), () -> NOON);
            assertThat(users.list())
                    .extracting(user -> user.name() + " " + user.grants() + " " + user.createdAt())
                    .containsExactly("admin [admin] " + NOON, "olga [operator] " + NOON);
            assertThat(users.find("olga").orElseThrow().grants()).containsExactly(Grant.everywhere(Role.OPERATOR));
            Principal olga = tokens.principal("dda1.olga").orElseThrow();
            assertThat(olga.user()).isEqualTo("olga");
            assertThat(olga.narrowed()).isFalse();
            assertThat(tokens.list("olga")).extracting(token -> token.name()).containsExactly("first");
        }
    }

    private static void insert(org.jdbi.v3.core.Handle handle, String name, String role) {
        handle.execute(
                "INSERT INTO api_tokens (name, token_hash, created_at, role) VALUES (?, ?, ?, ?)",
                name,
                HexFormat.of().formatHex(Sha256.of(("dda1." + name).getBytes(StandardCharsets.UTF_8))),
                Columns.micros(NOON),
                role);
    }
}
