package dev.drydock.controller.store;

import dev.drydock.controller.security.ApiTokenStore;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Users and their tokens in SQL. */
public final class SqlApiTokens implements ApiTokenStore {
    private final Store store;

    public SqlApiTokens(Store store) {
        this.store = store;
    }

    @Override
    public Optional<User> byHash(String hash) {
        return store.read(handle -> handle.createQuery("SELECT * FROM api_tokens WHERE token_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> read(row))
                .findOne());
    }

    @Override
    public List<User> list() {
        return store.read(handle -> handle.createQuery("SELECT * FROM api_tokens ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public boolean add(User user, String hash) {
        return store.writeNow(handle -> handle.createUpdate("""
                                INSERT INTO api_tokens (name, token_hash, created_at, role) VALUES (:name, :hash, :at, :role)
                                ON CONFLICT (name) DO NOTHING
                                """)
                        .bind("name", user.name())
                        .bind("hash", hash)
                        .bind("at", Columns.micros(user.createdAt()))
                        .bind("role", user.role().name())
                        .execute())
                > 0;
    }

    @Override
    public boolean remove(String name) {
        return store.writeNow(handle -> handle.createUpdate("DELETE FROM api_tokens WHERE name = :name")
                        .bind("name", name)
                        .execute())
                > 0;
    }

    private static User read(ResultSet row) throws SQLException {
        return new User(row.getString("name"), Role.valueOf(row.getString("role")), Columns.instant(row, "created_at"));
    }
}
