package dev.drydock.controller.store;

import dev.drydock.controller.security.login.SessionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sessions of browsers in SQL. */
public final class SqlSessions implements SessionStore {
    private final Store store;
    private final SqlUsers users;

    public SqlSessions(Store store, SqlUsers users) {
        this.store = store;
        this.users = users;
    }

    @Override
    public Optional<Owned> find(String hash) {
        return store.read(handle -> handle.createQuery("SELECT * FROM user_sessions WHERE id_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> read(row))
                .findOne()
                .flatMap(kept -> users.find(handle, kept.user())
                        .map(user -> new Owned(kept, user, mustChange(handle, kept.user())))));
    }

    private static boolean mustChange(Handle handle, String user) {
        return handle.createQuery("SELECT must_change FROM user_logins WHERE user_name = :user")
                .bind("user", user)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    @Override
    public List<Kept> list(String user) {
        return store.read(handle -> handle.createQuery(
                        "SELECT * FROM user_sessions WHERE user_name = :user ORDER BY created_at DESC, id_hash")
                .bind("user", user)
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public boolean add(Kept session) {
        return store.writeNow(handle -> handle.createUpdate("""
                                INSERT INTO user_sessions (id_hash, user_name, address, created_at, last_used)
                                SELECT :hash, :user, :address, :created, :used
                                WHERE EXISTS (SELECT 1 FROM users WHERE name = :user)
                                """)
                        .bind("hash", session.hash())
                        .bind("user", session.user())
                        .bind("address", session.address())
                        .bind("created", Columns.micros(session.createdAt()))
                        .bind("used", Columns.micros(session.lastUsed()))
                        .execute())
                > 0;
    }

    @Override
    public void used(String hash, Instant at) {
        var unused = store.write(
                handle -> handle.createUpdate("UPDATE user_sessions SET last_used = :at WHERE id_hash = :hash")
                        .bind("at", Columns.micros(at))
                        .bind("hash", hash)
                        .execute());
    }

    @Override
    public void remove(String hash) {
        int unused = store.writeNow(handle -> handle.createUpdate("DELETE FROM user_sessions WHERE id_hash = :hash")
                .bind("hash", hash)
                .execute());
    }

    @Override
    public int removeAll(String user) {
        return store.writeNow(handle -> removeAll(handle, user));
    }

    static int removeAll(Handle handle, String user) {
        return handle.createUpdate("DELETE FROM user_sessions WHERE user_name = :user")
                .bind("user", user)
                .execute();
    }

    @Override
    public void removeOver(Instant createdBefore, Instant usedBefore) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "DELETE FROM user_sessions WHERE created_at < :created OR last_used < :used")
                .bind("created", Columns.micros(createdBefore))
                .bind("used", Columns.micros(usedBefore))
                .execute());
    }

    private static Kept read(ResultSet row) throws SQLException {
        return new Kept(
                row.getString("id_hash"),
                row.getString("user_name"),
                row.getString("address"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "last_used"));
    }
}
