package dev.drydock.controller.store;

import dev.drydock.controller.security.ApiTokenStore;
import java.time.Instant;
import java.util.Optional;

/** API tokens in SQL. */
public final class SqlApiTokens implements ApiTokenStore {
    private final Store store;

    public SqlApiTokens(Store store) {
        this.store = store;
    }

    @Override
    public Optional<String> nameOf(String hash) {
        return store.read(handle -> handle.createQuery("SELECT name FROM api_tokens WHERE token_hash = :hash")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public boolean exists(String name) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM api_tokens WHERE name = :name")
                        .bind("name", name)
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }

    @Override
    public void put(String name, String hash, Instant at) {
        store.writeNow(handle -> handle.createUpdate("""
                        INSERT INTO api_tokens (name, token_hash, created_at) VALUES (:name, :hash, :at)
                        ON CONFLICT (name) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at
                        """)
                .bind("name", name)
                .bind("hash", hash)
                .bind("at", Columns.micros(at))
                .execute());
    }
}
