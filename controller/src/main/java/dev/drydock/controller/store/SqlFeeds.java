package dev.drydock.controller.store;

import dev.drydock.controller.feed.FeedStore;
import java.time.Instant;
import java.util.Optional;

/** Feeds' tokens in SQL. */
public final class SqlFeeds implements FeedStore {
    private final Store store;

    public SqlFeeds(Store store) {
        this.store = store;
    }

    @Override
    public void add(String window, String tokenHash, Instant at) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "INSERT INTO window_feeds (token_hash, window_name, created_at) VALUES (:hash, :window, :at)")
                .bind("hash", tokenHash)
                .bind("window", window)
                .bind("at", Columns.micros(at))
                .execute());
    }

    @Override
    public Optional<String> windowOf(String tokenHash) {
        return store.read(handle -> handle.createQuery("SELECT window_name FROM window_feeds WHERE token_hash = :hash")
                .bind("hash", tokenHash)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public int revoke(String window) {
        return store.writeNow(handle -> handle.createUpdate("DELETE FROM window_feeds WHERE window_name = :window")
                .bind("window", window)
                .execute());
    }

    @Override
    public int count(String window) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM window_feeds WHERE window_name = :window")
                .bind("window", window)
                .mapTo(Integer.class)
                .one());
    }
}
