package dev.drydock.controller.store;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditHead;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.controller.security.audit.AuditQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The audit log in SQL. An entry gets its number, its time and the hash of the one before it inside the write, so that there is one
 * chain whoever writes at once, and none of an entry whose write was undone.
 */
public final class SqlAudit implements AuditLog {
    private final Store store;
    private final InstantSource clock;

    public SqlAudit(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<AuditLine> append(AuditEvent event) {
        return store.write(handle -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            AuditLine line = head(handle).next(now, event);
            handle.createUpdate("""
                            INSERT INTO audit_entries (seq, body, hash, at, kind, "user", method, call)
                            VALUES (:seq, :body, :hash, :at, :kind, :user, :method, :call)
                            """)
                    .bind("seq", line.seq())
                    .bind("body", line.body())
                    .bind("hash", line.hash())
                    .bind("at", Columns.micros(now))
                    .bind("kind", event.kind())
                    .bind("user", event.user())
                    .bind("method", event.method())
                    .bind("call", event.call())
                    .execute();
            return line;
        });
    }

    @Override
    public AuditHead head() {
        return store.read(SqlAudit::head);
    }

    private static AuditHead head(Handle handle) {
        return handle.createQuery("SELECT * FROM audit_entries ORDER BY seq DESC LIMIT 1")
                .map((row, context) -> read(row))
                .findOne()
                .map(AuditLine::head)
                .orElse(AuditHead.NONE);
    }

    @Override
    public List<AuditLine> between(long after, long last, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM audit_entries WHERE seq > :after AND seq <= :last ORDER BY seq LIMIT :most
                        """)
                .bind("after", after)
                .bind("last", last)
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    /** A method is stored as package.Service/Method: what is asked for is a part of that between its separators. */
    @Override
    public List<AuditLine> list(AuditQuery query, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM audit_entries
                        WHERE (:user IS NULL OR "user" = :user)
                          AND (:method IS NULL OR length(replace(replace('.' || method || '.', '/', '.'), :method, '')) < length(method) + 2)
                          AND CASE WHEN :kind IS NULL THEN kind <> 'ended' ELSE kind = :kind END
                          AND (:from IS NULL OR at >= :from) AND (:to IS NULL OR at < :to)
                          AND (:before IS NULL OR seq < :before)
                        ORDER BY seq DESC LIMIT :most
                        """)
                .bind("user", query.user().orElse(null))
                .bind(
                        "method",
                        query.method()
                                .map(part -> "." + part.replace('/', '.') + ".")
                                .orElse(null))
                .bind("kind", query.kind().orElse(null))
                .bind("from", Columns.micros(query.from()))
                .bind("to", Columns.micros(query.to()))
                .bind("before", query.before().isPresent() ? query.before().getAsLong() : null)
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public Map<String, AuditLine> ends(Collection<String> calls) {
        if (calls.isEmpty()) {
            return Map.of();
        }
        return store.read(
                handle -> handle.createQuery("SELECT * FROM audit_entries WHERE kind = 'ended' AND call IN (<calls>)")
                        .bindList("calls", List.copyOf(calls))
                        .map((row, context) -> Map.entry(row.getString("call"), read(row)))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static AuditLine read(ResultSet row) throws SQLException {
        return new AuditLine(row.getLong("seq"), row.getString("body"), row.getString("hash"));
    }
}
