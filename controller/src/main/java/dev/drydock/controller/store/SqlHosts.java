package dev.drydock.controller.store;

import dev.drydock.controller.agents.HostName;
import dev.drydock.controller.agents.HostRecord;
import dev.drydock.controller.agents.HostStore;
import dev.drydock.controller.agents.Labels;
import dev.drydock.controller.agents.NewHost;
import dev.drydock.controller.agents.Sighting;
import dev.drydock.controller.security.EnrolmentTokens.Token;
import dev.drydock.controller.security.IssuedCertificate;
import dev.drydock.controller.security.TokenText;
import dev.drydock.proto.facts.v1.Host;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Hosts in SQL. */
public final class SqlHosts implements HostStore {
    /** All of a row but the facts, which are most of it. */
    private static final String SELECT =
            "SELECT id, name, labels, enrolled_at, certificate_expires_at, revoked, drained, cloned,"
                    + " facts_digest, last_seen, clock_skew FROM hosts ";

    private final Store store;
    private final InstantSource clock;
    private final SqlHostsFacts facts = new SqlHostsFacts();

    public SqlHosts(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<HostRecord> all() {
        return store.read(handle -> handle.createQuery(SELECT + "ORDER BY name")
                .map((row, context) -> read(handle, row))
                .list());
    }

    @Override
    public Optional<HostRecord> find(String idOrName) {
        return store.read(handle -> find(handle, idOrName));
    }

    @Override
    public Set<String> revoked() {
        return store.read(handle -> new HashSet<>(handle.createQuery("SELECT id FROM hosts WHERE revoked = :revoked")
                .bind("revoked", true)
                .mapTo(String.class)
                .list()));
    }

    @Override
    public void check(TokenText token) {
        store.read(handle -> SqlEnrolmentTokens.require(handle, token, clock.instant()));
    }

    @Override
    public HostRecord enrol(NewHost host, TokenText text) {
        return store.writeNow(handle -> {
            Token token = SqlEnrolmentTokens.spend(handle, text, clock.instant());
            handle.createUpdate("""
                            INSERT INTO hosts (id, name, labels, enrolled_at, certificate_expires_at, token_id)
                            VALUES (:id, :name, :labels, :enrolled, :expires, :token)
                            """)
                    .bind("id", host.id())
                    .bind("name", freeName(handle, host.wantedName()))
                    .bind("labels", Columns.json(token.labels()))
                    .bind("enrolled", Columns.micros(host.enrolledAt()))
                    .bind("expires", Columns.micros(host.certificate().notAfter()))
                    .bind("token", token.id())
                    .execute();
            SqlCertificates.insert(handle, host.id(), host.certificate());
            return find(handle, host.id()).orElseThrow();
        });
    }

    @Override
    public Optional<HostRecord> enrolAgain(String hostId, IssuedCertificate certificate, TokenText text) {
        return store.writeNow(handle -> {
            Optional<HostRecord> host = find(handle, hostId).filter(known -> !known.revoked() && !known.cloned());
            if (host.isEmpty()) {
                return host;
            }
            SqlEnrolmentTokens.spend(handle, text, clock.instant());
            certified(handle, hostId, certificate);
            return find(handle, hostId);
        });
    }

    private static String freeName(Handle handle, HostName wanted) {
        String pattern = wanted.text().replace("_", "\\_") + "-%";
        Set<String> taken = new HashSet<>(
                handle.createQuery("SELECT name FROM hosts WHERE name = :name OR name LIKE :like ESCAPE '\\'")
                        .bind("name", wanted.text())
                        .bind("like", pattern)
                        .mapTo(String.class)
                        .list());
        int number = 1;
        while (taken.contains(wanted.numbered(number))) {
            number++;
        }
        return wanted.numbered(number);
    }

    @Override
    public boolean renewed(String hostId, IssuedCertificate certificate) {
        return store.writeNow(handle -> {
            boolean known = find(handle, hostId).filter(host -> !host.revoked()).isPresent();
            if (known) {
                certified(handle, hostId, certificate);
            }
            return known;
        });
    }

    private static void certified(Handle handle, String hostId, IssuedCertificate certificate) {
        handle.createUpdate("UPDATE hosts SET certificate_expires_at = :expires WHERE id = :id")
                .bind("expires", Columns.micros(certificate.notAfter()))
                .bind("id", hostId)
                .execute();
        SqlCertificates.insert(handle, hostId, certificate);
    }

    @Override
    public Optional<HostRecord> label(String idOrName, Map<String, String> set, Set<String> remove) {
        return change(idOrName, (handle, host) -> {
            Map<String, String> labels = new HashMap<>(host.labels());
            labels.keySet().removeAll(remove);
            labels.putAll(set);
            Labels.require(labels);
            handle.createUpdate("UPDATE hosts SET labels = :labels WHERE id = :id")
                    .bind("labels", Columns.json(labels))
                    .bind("id", host.id())
                    .execute();
        });
    }

    @Override
    public Optional<HostRecord> drain(String idOrName, boolean drained) {
        return change(
                idOrName, (handle, host) -> handle.createUpdate("UPDATE hosts SET drained = :drained WHERE id = :id")
                        .bind("drained", drained)
                        .bind("id", host.id())
                        .execute());
    }

    @Override
    public Optional<HostRecord> revoke(String idOrName) {
        return change(
                idOrName, (handle, host) -> handle.createUpdate("UPDATE hosts SET revoked = :revoked WHERE id = :id")
                        .bind("revoked", true)
                        .bind("id", host.id())
                        .execute());
    }

    @Override
    public Optional<HostRecord> clearClone(String idOrName) {
        return change(
                idOrName, (handle, host) -> handle.createUpdate("UPDATE hosts SET cloned = :cloned WHERE id = :id")
                        .bind("cloned", false)
                        .bind("id", host.id())
                        .execute());
    }

    @Override
    public CompletableFuture<Boolean> cloned(String hostId) {
        return store.write(handle -> handle.createUpdate("UPDATE hosts SET cloned = :cloned WHERE id = :id")
                        .bind("cloned", true)
                        .bind("id", hostId)
                        .execute()
                == 1);
    }

    @Override
    public CompletableFuture<Boolean> reported(String hostId, String digest, Host facts) {
        return store.write(
                handle -> handle.createUpdate("UPDATE hosts SET facts = :facts, facts_digest = :digest WHERE id = :id")
                                .bind("facts", facts.toByteArray())
                                .bind("digest", digest)
                                .bind("id", hostId)
                                .execute()
                        == 1);
    }

    @Override
    public CompletableFuture<Boolean> seen(Map<String, Sighting> sightings) {
        return store.write(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    UPDATE hosts SET last_seen = :at, clock_skew = COALESCE(:skew, clock_skew)
                    WHERE id = :id AND (last_seen IS NULL OR last_seen < :at)
                    """);
            sightings.forEach((id, sighting) -> batch.bind("at", Columns.micros(sighting.at()))
                    .bind(
                            "skew",
                            sighting.clockSkew()
                                    .map(skew -> ChronoUnit.MICROS.between(
                                            sighting.at(), sighting.at().plus(skew)))
                                    .orElse(null))
                    .bind("id", id)
                    .add());
            batch.execute();
            return true;
        });
    }

    private Optional<HostRecord> change(String idOrName, HostChange change) {
        return store.writeNow(handle -> find(handle, idOrName).flatMap(host -> {
            change.make(handle, host);
            return find(handle, host.id());
        }));
    }

    private Optional<HostRecord> find(Handle handle, String idOrName) {
        return by(handle, "id", idOrName).or(() -> by(handle, "name", idOrName));
    }

    private Optional<HostRecord> by(Handle handle, String column, String value) {
        return handle.createQuery(SELECT + "WHERE " + column + " = :value")
                .bind("value", value)
                .map((row, context) -> read(handle, row))
                .findOne();
    }

    private HostRecord read(Handle handle, ResultSet row) throws SQLException {
        String id = row.getString("id");
        SqlHostsFacts.Parsed parsed = facts.of(handle, id, row.getString("facts_digest"));
        return new HostRecord(
                id,
                row.getString("name"),
                Columns.map(row, "labels"),
                Columns.instant(row, "enrolled_at"),
                Columns.instant(row, "certificate_expires_at"),
                row.getBoolean("revoked"),
                row.getBoolean("drained"),
                row.getBoolean("cloned"),
                parsed.facts(),
                parsed.digest(),
                Columns.optionalInstant(row, "last_seen"),
                Columns.optionalDuration(row, "clock_skew"));
    }

    @FunctionalInterface
    private interface HostChange {
        void make(Handle handle, HostRecord host);
    }
}
