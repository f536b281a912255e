package dev.drydock.controller.store;

import dev.drydock.controller.security.login.LoginRecord;
import dev.drydock.controller.security.login.LoginStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Passwords and second factors in SQL. */
public final class SqlLogins implements LoginStore {
    private final Store store;

    public SqlLogins(Store store) {
        this.store = store;
    }

    @Override
    public Optional<LoginRecord> find(String user) {
        return store.read(handle -> handle.createQuery("SELECT * FROM user_logins WHERE user_name = :user")
                .bind("user", user)
                .map((row, context) -> read(row))
                .findOne());
    }

    @Override
    public List<LoginRecord> list() {
        return store.read(handle -> handle.createQuery("SELECT * FROM user_logins ORDER BY user_name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public void password(String user, String phc, boolean mustChange, Instant at) {
        int unused = store.writeNow(handle -> {
            int changed = handle.createUpdate("""
                            INSERT INTO user_logins
                              (user_name, password, must_change, changed_at, totp_secret, totp_confirmed, totp_step, recovery)
                            SELECT :user, :phc, :must, :at, '', :no, 0, '' WHERE EXISTS (SELECT 1 FROM users WHERE name = :user)
                            ON CONFLICT (user_name) DO UPDATE SET
                              password = excluded.password, must_change = excluded.must_change, changed_at = excluded.changed_at
                            """)
                    .bind("user", user)
                    .bind("phc", phc)
                    .bind("must", mustChange)
                    .bind("no", false)
                    .bind("at", Columns.micros(at))
                    .execute();
            SqlSessions.removeAll(handle, user);
            return changed;
        });
    }

    @Override
    public void rehashed(String user, String before, String after) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "UPDATE user_logins SET password = :after WHERE user_name = :user AND password = :before")
                .bind("user", user)
                .bind("before", before)
                .bind("after", after)
                .execute());
    }

    @Override
    public boolean enrol(String user, String closed) {
        return store.writeNow(handle -> handle.createUpdate("""
                                UPDATE user_logins SET totp_secret = :closed, totp_step = 0, recovery = ''
                                WHERE user_name = :user AND totp_confirmed = :no
                                """)
                        .bind("user", user)
                        .bind("closed", closed)
                        .bind("no", false)
                        .execute())
                > 0;
    }

    @Override
    public boolean confirm(String user, String closed, long step, List<String> recovery) {
        return store.writeNow(handle -> handle.createUpdate("""
                                UPDATE user_logins SET totp_confirmed = :yes, totp_step = :step, recovery = :recovery
                                WHERE user_name = :user AND totp_secret = :closed AND totp_confirmed = :no
                                """)
                        .bind("user", user)
                        .bind("closed", closed)
                        .bind("step", step)
                        .bind("recovery", String.join(",", recovery))
                        .bind("yes", true)
                        .bind("no", false)
                        .execute())
                > 0;
    }

    @Override
    public void removeTotp(String user) {
        int unused = store.writeNow(handle ->
                handle.createUpdate("""
                        UPDATE user_logins SET totp_secret = '', totp_confirmed = :no, totp_step = 0, recovery = ''
                        WHERE user_name = :user
                        """).bind("user", user).bind("no", false).execute());
    }

    @Override
    public boolean useStep(String user, long step) {
        return store.writeNow(handle -> handle.createUpdate(
                                "UPDATE user_logins SET totp_step = :step WHERE user_name = :user AND totp_step < :step")
                        .bind("user", user)
                        .bind("step", step)
                        .execute())
                > 0;
    }

    @Override
    public boolean useRecovery(String user, String hash) {
        // A wrong one writes nothing, so that it takes no longer than a wrong password.
        return store.read(handle -> recovery(handle, user)).contains(hash)
                && store.writeNow(handle -> useRecovery(handle, user, hash));
    }

    private static List<String> recovery(Handle handle, String user) {
        return handle.createQuery("SELECT recovery FROM user_logins WHERE user_name = :user")
                .bind("user", user)
                .mapTo(String.class)
                .findOne()
                .map(text -> Stream.of(text.split(",", -1)).toList())
                .orElse(List.of());
    }

    private static boolean useRecovery(Handle handle, String user, String hash) {
        List<String> left = recovery(handle, user);
        if (!left.contains(hash)) {
            return false;
        }
        return handle.createUpdate("UPDATE user_logins SET recovery = :left WHERE user_name = :user")
                        .bind(
                                "left",
                                left.stream().filter(code -> !code.equals(hash)).collect(Collectors.joining(",")))
                        .bind("user", user)
                        .execute()
                > 0;
    }

    private static LoginRecord read(ResultSet row) throws SQLException {
        return new LoginRecord(
                row.getString("user_name"),
                row.getString("password"),
                row.getBoolean("must_change"),
                Columns.instant(row, "changed_at"),
                Optional.of(row.getString("totp_secret")).filter(closed -> !closed.isEmpty()),
                row.getBoolean("totp_confirmed"),
                row.getLong("totp_step"));
    }
}
