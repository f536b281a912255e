package dev.drydock.controller.store;

import dev.drydock.controller.idempotency.IdempotencyKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Idempotency keys in SQL. Those that are over are removed when the next is taken. */
public final class SqlIdempotencyKeys implements IdempotencyKeys {
    private static final Duration KEPT = Duration.ofHours(24);

    private final Store store;

    public SqlIdempotencyKeys(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Earlier> take(Attempt attempt, Instant now) {
        return store.writeNow(handle -> {
            int unused = handle.createUpdate("DELETE FROM idempotency_keys WHERE at <= :before")
                    .bind("before", Columns.micros(now.minus(KEPT)))
                    .execute();
            Optional<Earlier> earlier = find(handle, attempt);
            if (earlier.isEmpty()) {
                unused = handle.createUpdate("""
                                INSERT INTO idempotency_keys (user_name, key, method, request_digest, at)
                                VALUES (:user, :key, :method, :digest, :at)
                                """)
                        .bind("user", attempt.user())
                        .bind("key", attempt.key())
                        .bind("method", attempt.method())
                        .bind("digest", attempt.digest())
                        .bind("at", Columns.micros(now))
                        .execute();
            }
            return earlier;
        });
    }

    private static Optional<Earlier> find(Handle handle, Attempt attempt) {
        return handle.createQuery("SELECT * FROM idempotency_keys WHERE user_name = :user AND key = :key")
                .bind("user", attempt.user())
                .bind("key", attempt.key())
                .map((row, context) -> read(row))
                .findOne();
    }

    private static Earlier read(ResultSet row) throws SQLException {
        Optional<byte[]> answer = Optional.ofNullable(row.getBytes("answer"));
        return new Earlier(
                row.getString("method"),
                row.getString("request_digest"),
                Columns.instant(row, "at"),
                Optional.ofNullable(row.getString("made")).map(made -> new Outcome(made, answer)));
    }

    @Override
    public void done(Attempt attempt, Outcome outcome) {
        int unused = store.writeNow(handle -> handle.createUpdate("""
                        UPDATE idempotency_keys SET made = :made, answer = :answer
                        WHERE user_name = :user AND key = :key
                        """)
                .bind("made", outcome.made())
                .bind("answer", outcome.answer().orElse(null))
                .bind("user", attempt.user())
                .bind("key", attempt.key())
                .execute());
    }

    @Override
    public void release(Attempt attempt) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "DELETE FROM idempotency_keys WHERE user_name = :user AND key = :key AND made IS NULL")
                .bind("user", attempt.user())
                .bind("key", attempt.key())
                .execute());
    }
}
