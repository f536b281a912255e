package dev.drydock.controller.store;

import dev.drydock.controller.security.login.PersonStore;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** Which person of the sign-in provider a user is, in SQL. */
public final class SqlPersons implements PersonStore {
    private final Store store;
    private final InstantSource clock;

    public SqlPersons(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void allow(String user) {
        int unused = store.writeNow(
                handle -> handle.createUpdate("""
                        INSERT INTO user_persons (user_name) VALUES (:user) ON CONFLICT (user_name) DO NOTHING
                        """).bind("user", user).execute());
    }

    @Override
    public void forbid(String user) {
        int unused = store.writeNow(handle -> handle.createUpdate("DELETE FROM user_persons WHERE user_name = :user")
                .bind("user", user)
                .execute());
    }

    @Override
    public Set<String> allowed() {
        return store.read(handle -> new HashSet<>(handle.createQuery("SELECT user_name FROM user_persons")
                .mapTo(String.class)
                .list()));
    }

    @Override
    public boolean isOrBecomes(String user, String issuer, String subject) {
        return store.writeNow(handle -> {
            handle.createUpdate("""
                            UPDATE user_persons SET issuer = :issuer, subject = :subject, since = :since
                            WHERE user_name = :user AND issuer IS NULL AND NOT EXISTS (
                                SELECT 1 FROM user_persons other
                                WHERE other.issuer = :issuer AND other.subject = :subject)
                            """)
                    .bind("user", user)
                    .bind("issuer", issuer)
                    .bind("subject", subject)
                    .bind("since", Columns.micros(clock.instant()))
                    .execute();
            return handle.createQuery("""
                            SELECT count(*) FROM user_persons
                            WHERE user_name = :user AND issuer = :issuer AND subject = :subject
                            """)
                            .bind("user", user)
                            .bind("issuer", issuer)
                            .bind("subject", subject)
                            .mapTo(Integer.class)
                            .one()
                    == 1;
        });
    }
}
