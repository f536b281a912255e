package dev.drydock.controller.store;

import dev.drydock.controller.security.login.FailureStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;

/** Who failed to log in, in SQL. */
public final class SqlLoginFailures implements FailureStore {
    private final Store store;

    public SqlLoginFailures(Store store) {
        this.store = store;
    }

    @Override
    public List<Failures> since(Instant begin) {
        return store.read(handle -> handle.createQuery(
                        "SELECT * FROM login_failures WHERE last_at >= :begin ORDER BY last_at, kind, subject")
                .bind("begin", Columns.micros(begin))
                .map((row, context) -> new Failures(
                        new Subject(Kind.valueOf(row.getString("kind")), row.getString("subject")),
                        row.getInt("failures"),
                        Columns.instant(row, "last_at")))
                .list());
    }

    @Override
    public CompletableFuture<Integer> change(Change change, Instant begin) {
        return store.write(handle -> {
            change.gone().forEach(subject -> remove(handle, subject));
            change.kept().forEach(failures -> keep(handle, failures));
            return handle.createUpdate("DELETE FROM login_failures WHERE last_at < :begin")
                    .bind("begin", Columns.micros(begin))
                    .execute();
        });
    }

    private static void keep(Handle handle, Failures failures) {
        int unused = handle.createUpdate("""
                        INSERT INTO login_failures (kind, subject, failures, last_at) VALUES (:kind, :subject, :failures, :last)
                        ON CONFLICT (kind, subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
                        """)
                .bind("kind", failures.subject().kind().name())
                .bind("subject", failures.subject().name())
                .bind("failures", failures.count())
                .bind("last", Columns.micros(failures.last()))
                .execute();
    }

    private static void remove(Handle handle, Subject subject) {
        int unused = handle.createUpdate("DELETE FROM login_failures WHERE kind = :kind AND subject = :subject")
                .bind("kind", subject.kind().name())
                .bind("subject", subject.name())
                .execute();
    }
}
