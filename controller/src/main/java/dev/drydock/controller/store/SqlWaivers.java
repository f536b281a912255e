package dev.drydock.controller.store;

import dev.drydock.controller.waiver.Waiver;
import dev.drydock.controller.waiver.Waiver.Said;
import dev.drydock.controller.waiver.WaiverStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waivers in SQL. */
public final class SqlWaivers implements WaiverStore {
    private final Store store;

    public SqlWaivers(Store store) {
        this.store = store;
    }

    @Override
    public List<Waiver> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM waivers ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public void put(Waiver waiver) {
        int unused = store.writeNow(handle -> handle.createUpdate("""
                        INSERT INTO waivers (name, kind, subject, hosts, reason, expires_at, asked_by, asked_at,
                          approved_by, approved_at, revoked_by, revoked_at)
                        VALUES (:name, :kind, :subject, :hosts, :reason, :expires, :askedBy, :askedAt,
                          :approvedBy, :approvedAt, :revokedBy, :revokedAt)
                        ON CONFLICT (name) DO UPDATE SET approved_by = excluded.approved_by,
                          approved_at = excluded.approved_at, revoked_by = excluded.revoked_by,
                          revoked_at = excluded.revoked_at
                        """)
                .bind("name", waiver.name())
                .bind("kind", waiver.kind().name())
                .bind("subject", waiver.subject())
                .bind("hosts", waiver.hosts())
                .bind("reason", waiver.reason())
                .bind("expires", Columns.micros(waiver.expiresAt()))
                .bind("askedBy", waiver.askedBy())
                .bind("askedAt", Columns.micros(waiver.askedAt()))
                .bind("approvedBy", waiver.approved().map(Said::by).orElse(null))
                .bind("approvedAt", Columns.micros(waiver.approved().map(Said::at)))
                .bind("revokedBy", waiver.revoked().map(Said::by).orElse(null))
                .bind("revokedAt", Columns.micros(waiver.revoked().map(Said::at)))
                .execute());
    }

    private static Waiver read(ResultSet row) throws SQLException {
        return new Waiver(
                row.getString("name"),
                Waiver.Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("hosts"),
                row.getString("reason"),
                Columns.instant(row, "expires_at"),
                row.getString("asked_by"),
                Columns.instant(row, "asked_at"),
                said(row, "approved"),
                said(row, "revoked"));
    }

    private static Optional<Said> said(ResultSet row, String what) throws SQLException {
        @Nullable String by = row.getString(what + "_by");
        Optional<Instant> at = Columns.optionalInstant(row, what + "_at");
        return by == null ? Optional.empty() : at.map(when -> new Said(by, when));
    }
}
