package dev.drydock.controller.store;

import dev.drydock.controller.vulnerability.Feed;
import dev.drydock.controller.vulnerability.FeedContent;
import dev.drydock.controller.vulnerability.FeedKind;
import dev.drydock.controller.vulnerability.Fix;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.VulnerabilityStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Feeds in SQL. An import is written in pieces, so that other writes get their turn, and counts from the last write on, which
 * names it as its source's. What no source names is removed, also what a controller left that died meanwhile.
 */
public final class SqlVulnerabilities implements VulnerabilityStore {
    private static final int PIECE = 5_000;

    private final Store store;
    private final Supplier<String> ids;

    /** Removes what an import left that was cut off. */
    public SqlVulnerabilities(Store store, Supplier<String> ids) {
        this.store = store;
        this.ids = ids;
        sweep();
    }

    @Override
    public List<Feed> feeds() {
        return store.read(handle -> handle.createQuery("SELECT * FROM vulnerability_feeds ORDER BY source")
                .map((row, context) -> feed(row))
                .list());
    }

    @Override
    public void replace(Feed feed, FeedContent content) {
        String own = ids.get();
        List<Fix> fixes = content.fixes();
        for (int from = 0; from < fixes.size(); from += PIECE) {
            List<Fix> piece = fixes.subList(from, Math.min(from + PIECE, fixes.size()));
            boolean unused = store.writeNow(handle -> insert(handle, own, piece));
        }
        boolean unused = store.writeNow(handle -> {
            exploited(handle, own, content);
            name(handle, own, feed);
            return true;
        });
        sweep();
    }

    private static boolean insert(Handle handle, String own, List<Fix> fixes) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO vulnerability_fixes (import, cve, release, package, version, severity, advisory)
                VALUES (:import, :cve, :release, :package, :version, :severity, :advisory)
                """);
        fixes.forEach(fix -> batch.bind("import", own)
                .bind("cve", fix.cve())
                .bind("release", fix.release())
                .bind("package", fix.packageName())
                .bind("version", fix.version())
                .bind("severity", fix.severity().name())
                .bind("advisory", fix.advisory())
                .add());
        batch.execute();
        return true;
    }

    private static void exploited(Handle handle, String own, FeedContent content) {
        if (content.exploited().isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO exploited_vulnerabilities (import, cve) VALUES (:import, :cve)");
        content.exploited()
                .forEach(cve -> batch.bind("import", own).bind("cve", cve).add());
        batch.execute();
    }

    private static void name(Handle handle, String own, Feed feed) {
        handle.createUpdate("""
                        INSERT INTO vulnerability_feeds (source, import, kind, digest, entries, skipped, imported_at, imported_by)
                        VALUES (:source, :import, :kind, :digest, :entries, :skipped, :at, :by)
                        ON CONFLICT (source) DO UPDATE SET import = excluded.import, kind = excluded.kind,
                          digest = excluded.digest, entries = excluded.entries, skipped = excluded.skipped,
                          imported_at = excluded.imported_at, imported_by = excluded.imported_by
                        """)
                .bind("source", feed.source())
                .bind("import", own)
                .bind("kind", feed.kind().name())
                .bind("digest", feed.digest())
                .bind("entries", feed.entries())
                .bind("skipped", feed.skipped())
                .bind("at", Columns.micros(feed.importedAt()))
                .bind("by", feed.importedBy())
                .execute();
    }

    @Override
    public boolean remove(String source) {
        boolean removed =
                store.writeNow(handle -> handle.createUpdate("DELETE FROM vulnerability_feeds WHERE source = :source")
                                .bind("source", source)
                                .execute()
                        == 1);
        sweep();
        return removed;
    }

    private void sweep() {
        int removed;
        do {
            removed = store.writeNow(
                    handle -> handle.createUpdate("""
                            DELETE FROM vulnerability_fixes WHERE (import, cve) IN (
                              SELECT import, cve FROM vulnerability_fixes
                              WHERE import NOT IN (SELECT import FROM vulnerability_feeds) LIMIT :most)
                            """).bind("most", PIECE).execute());
        } while (removed > 0);
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "DELETE FROM exploited_vulnerabilities WHERE import NOT IN (SELECT import FROM vulnerability_feeds)")
                .execute());
    }

    @Override
    public void read(Consumer<Fix> fixes, Consumer<String> exploited) {
        boolean unused = store.read(handle -> {
            handle.createQuery("""
                            SELECT vulnerability_fixes.* FROM vulnerability_fixes
                            JOIN vulnerability_feeds ON vulnerability_feeds.import = vulnerability_fixes.import
                            """).map((row, context) -> fix(row)).forEach(fixes);
            handle.createQuery("""
                            SELECT DISTINCT cve FROM exploited_vulnerabilities
                            JOIN vulnerability_feeds ON vulnerability_feeds.import = exploited_vulnerabilities.import
                            """).mapTo(String.class).forEach(exploited);
            return true;
        });
    }

    private static Feed feed(ResultSet row) throws SQLException {
        return new Feed(
                row.getString("source"),
                FeedKind.valueOf(row.getString("kind")),
                row.getString("digest"),
                row.getInt("entries"),
                row.getInt("skipped"),
                Columns.instant(row, "imported_at"),
                row.getString("imported_by"));
    }

    private static Fix fix(ResultSet row) throws SQLException {
        return new Fix(
                row.getString("cve"),
                row.getString("release"),
                row.getString("package"),
                row.getString("version"),
                Severity.valueOf(row.getString("severity")),
                row.getString("advisory"));
    }
}
