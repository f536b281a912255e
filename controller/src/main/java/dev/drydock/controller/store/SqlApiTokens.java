package dev.drydock.controller.store;

import dev.drydock.controller.security.HostScopes;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.token.ApiToken;
import dev.drydock.controller.security.token.ApiTokenStore;
import dev.drydock.controller.security.token.TokenScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens of users in SQL. */
public final class SqlApiTokens implements ApiTokenStore {
    private final Store store;
    private final SqlUsers users;
    private final HostScopes scopes;

    public SqlApiTokens(Store store, SqlUsers users) {
        this.store = store;
        this.users = users;
        this.scopes = users.scopes();
    }

    @Override
    public Optional<Owned> byHash(String hash) {
        return store.read(handle -> handle.createQuery("SELECT * FROM user_tokens WHERE token_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> read(row))
                .findOne()
                .flatMap(token -> users.find(handle, token.user()).map(user -> new Owned(token, user))));
    }

    @Override
    public List<ApiToken> list(String user) {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM user_tokens WHERE user_name = :user ORDER BY name")
                        .bind("user", user)
                        .map((row, context) -> read(row))
                        .list());
    }

    @Override
    public boolean add(ApiToken token, String hash) {
        TokenScope scope = token.scope().orElseThrow();
        return store.writeNow(handle -> handle.createUpdate("""
                                INSERT INTO user_tokens
                                  (user_name, name, token_hash, role, hosts, created_by, created_at, expires_at)
                                SELECT :user, :name, :hash, :role, :hosts, :by, :at, :expires
                                WHERE EXISTS (SELECT 1 FROM users WHERE name = :user)
                                ON CONFLICT (user_name, name) DO NOTHING
                                """)
                        .bind("user", token.user())
                        .bind("name", token.name())
                        .bind("hash", hash)
                        .bind("role", scope.most().map(Role::name).orElse(null))
                        .bind("hosts", scope.hosts().expression())
                        .bind("by", token.by())
                        .bind("at", Columns.micros(token.createdAt()))
                        .bind("expires", Columns.micros(token.expiresAt()))
                        .execute())
                > 0;
    }

    @Override
    public boolean remove(String user, String name) {
        return store.writeNow(handle -> handle.createUpdate(
                                "DELETE FROM user_tokens WHERE user_name = :user AND name = :name")
                        .bind("user", user)
                        .bind("name", name)
                        .execute())
                > 0;
    }

    @Override
    public void used(String hash, Instant at) {
        var unused = store.write(
                handle -> handle.createUpdate("UPDATE user_tokens SET last_used = :at WHERE token_hash = :hash")
                        .bind("at", Columns.micros(at))
                        .bind("hash", hash)
                        .execute());
    }

    private ApiToken read(ResultSet row) throws SQLException {
        Optional<Role> most = Optional.ofNullable(row.getString("role")).map(Role::valueOf);
        return new ApiToken(
                row.getString("user_name"),
                row.getString("name"),
                scopes.of(row.getString("hosts")).map(hosts -> new TokenScope(most, hosts)),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "expires_at"),
                Columns.optionalInstant(row, "last_used"));
    }
}
