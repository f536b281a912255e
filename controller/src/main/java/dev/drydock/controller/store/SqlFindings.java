package dev.drydock.controller.store;

import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.finding.FindingStore;
import dev.drydock.controller.compliance.finding.HostChanges;
import dev.drydock.controller.compliance.finding.HostChanges.Resolution;
import dev.drydock.controller.compliance.finding.HostChanges.Resolved;
import dev.drydock.controller.compliance.finding.Mended;
import dev.drydock.controller.compliance.finding.PastFinding;
import dev.drydock.controller.vulnerability.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The history of findings in SQL, and how many were mended each day, so that reports need not count them anew. */
public final class SqlFindings implements FindingStore {
    private final Store store;

    public SqlFindings(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, List<Finding>> open() {
        Map<String, List<Finding>> open = new HashMap<>();
        // Names come again on every host.
        Map<String, String> names = new HashMap<>();
        boolean unused = store.read(handle -> {
            handle.createQuery("SELECT * FROM findings WHERE resolved_at IS NULL")
                    .map((row, context) -> Map.entry(row.getString("host_id"), finding(row, names)))
                    .forEach(row -> open.computeIfAbsent(row.getKey(), host -> new ArrayList<>())
                            .add(row.getValue()));
            return true;
        });
        return open;
    }

    @Override
    public void apply(List<HostChanges> changes) {
        boolean unused = store.writeNow(handle -> {
            open(handle, changes);
            change(handle, changes);
            resolve(handle, changes);
            count(handle, changes);
            return true;
        });
    }

    private static void open(Handle handle, List<HostChanges> changes) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO findings (host_id, kind, subject, package, severity, exploited, first_seen)
                VALUES (:host, :kind, :subject, :package, :severity, :exploited, :seen)
                """);
        for (HostChanges host : changes) {
            host.opened().forEach(finding -> bind(batch, host.hostId(), finding).add());
        }
        execute(batch);
    }

    private static void change(Handle handle, List<HostChanges> changes) {
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE findings SET package = :package, severity = :severity, exploited = :exploited, first_seen = :seen
                WHERE host_id = :host AND kind = :kind AND subject = :subject AND resolved_at IS NULL
                """);
        for (HostChanges host : changes) {
            host.changed()
                    .forEach(finding -> bind(batch, host.hostId(), finding).add());
        }
        execute(batch);
    }

    private static PreparedBatch bind(PreparedBatch batch, String host, Finding finding) {
        return batch.bind("host", host)
                .bind("kind", finding.kind().name())
                .bind("subject", finding.subject())
                .bind("package", finding.packageName())
                .bind("severity", finding.severity().name())
                .bind("exploited", finding.exploited())
                .bind("seen", Columns.micros(finding.firstSeen()));
    }

    private static void resolve(Handle handle, List<HostChanges> changes) {
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE findings SET resolved_at = :at, resolution = :resolution
                WHERE host_id = :host AND kind = :kind AND subject = :subject AND resolved_at IS NULL
                """);
        for (HostChanges host : changes) {
            host.resolved().forEach(one -> batch.bind("at", Columns.micros(one.at()))
                    .bind("resolution", one.resolution().name())
                    .bind("host", host.hostId())
                    .bind("kind", one.finding().kind().name())
                    .bind("subject", one.finding().subject())
                    .add());
        }
        execute(batch);
    }

    private static void count(Handle handle, List<HostChanges> changes) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO remediation_days (day, host_id, kind, severity, mended, within, seconds)
                VALUES (:day, :host, :kind, :severity, 1, :within, :seconds)
                ON CONFLICT (day, host_id, kind, severity) DO UPDATE SET mended = remediation_days.mended + 1,
                  within = remediation_days.within + excluded.within,
                  seconds = remediation_days.seconds + excluded.seconds
                """);
        for (HostChanges host : changes) {
            host.resolved().stream()
                    .filter(one -> one.resolution() == Resolution.MENDED)
                    // Nobody told since when: it would say something wrong of all others.
                    .filter(one -> one.finding().firstSeen().isAfter(Instant.EPOCH))
                    .forEach(one -> batch.bind("day", day(one))
                            .bind("host", host.hostId())
                            .bind("kind", one.finding().kind().name())
                            .bind("severity", one.finding().severity().name())
                            .bind("within", one.within() ? 1 : 0)
                            .bind("seconds", one.finding().age(one.at()).toSeconds())
                            .add());
        }
        execute(batch);
    }

    private static long day(Resolved one) {
        return one.at().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    private static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    @Override
    public Map<String, List<Mended>> mendedSince(LocalDate day) {
        Map<String, List<Mended>> mended = new HashMap<>();
        boolean unused = store.read(handle -> {
            handle.createQuery("""
                            SELECT host_id, kind, severity, SUM(mended) AS mended, SUM(within) AS within, SUM(seconds) AS seconds
                            FROM remediation_days WHERE day >= :day GROUP BY host_id, kind, severity
                            """)
                    .bind("day", day.toEpochDay())
                    .map((row, context) -> Map.entry(row.getString("host_id"), mended(row)))
                    .forEach(row -> mended.computeIfAbsent(row.getKey(), host -> new ArrayList<>())
                            .add(row.getValue()));
            return true;
        });
        return mended;
    }

    private static Mended mended(ResultSet row) throws SQLException {
        return new Mended(
                FindingKind.valueOf(row.getString("kind")),
                Severity.valueOf(row.getString("severity")),
                row.getLong("mended"),
                row.getLong("within"),
                row.getLong("seconds"));
    }

    @Override
    public List<PastFinding> history(String hostId, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM findings WHERE host_id = :host
                        ORDER BY resolved_at IS NULL DESC, resolved_at DESC, first_seen DESC, subject LIMIT :most
                        """)
                .bind("host", hostId)
                .bind("most", most)
                .map((row, context) -> past(row))
                .list());
    }

    private static PastFinding past(ResultSet row) throws SQLException {
        @Nullable String resolution = row.getString("resolution");
        return new PastFinding(
                finding(row, new HashMap<>()),
                Columns.optionalInstant(row, "resolved_at"),
                Optional.ofNullable(resolution).map(Resolution::valueOf));
    }

    private static Finding finding(ResultSet row, Map<String, String> names) throws SQLException {
        return new Finding(
                FindingKind.valueOf(row.getString("kind")),
                same(row.getString("subject"), names),
                same(row.getString("package"), names),
                Severity.valueOf(row.getString("severity")),
                row.getBoolean("exploited"),
                Columns.instant(row, "first_seen"));
    }

    private static String same(String name, Map<String, String> names) {
        return names.computeIfAbsent(name, own -> own);
    }
}
