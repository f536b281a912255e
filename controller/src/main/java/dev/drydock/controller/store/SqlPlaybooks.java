package dev.drydock.controller.store;

import dev.drydock.controller.playbook.PlaybookDocument;
import dev.drydock.controller.playbook.PlaybookStore;
import dev.drydock.controller.playbook.PushedPlaybook;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.sign.VerifiedPlaybook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Pushed playbooks in SQL. */
public final class SqlPlaybooks implements PlaybookStore {
    private final Store store;

    public SqlPlaybooks(Store store) {
        this.store = store;
    }

    @Override
    public PushedPlaybook add(VerifiedPlaybook playbook, byte[] envelope, String source, Instant at) {
        return store.writeNow(handle ->
                byDigest(handle, playbook.digest()).orElseGet(() -> insert(handle, playbook, envelope, source, at)));
    }

    private static PushedPlaybook insert(
            Handle handle, VerifiedPlaybook signed, byte[] envelope, String source, Instant at) {
        Playbook playbook = signed.playbook();
        PushedPlaybook pushed = new PushedPlaybook(
                playbook.name(),
                latest(handle, playbook.name()) + 1,
                signed.digest(),
                playbook.description(),
                playbook.maintenance(),
                signed.signer().name(),
                signed.signer().keyId(),
                at);
        handle.createUpdate("""
                        INSERT INTO playbooks (name, version, digest, description, maintenance, signer, key_id, pushed_at,
                          envelope, source)
                        VALUES (:name, :version, :digest, :description, :maintenance, :signer, :key, :at, :envelope, :source)
                        """)
                .bind("name", pushed.name())
                .bind("version", pushed.version())
                .bind("digest", pushed.digest())
                .bind("description", pushed.description())
                .bind("maintenance", pushed.maintenance().name())
                .bind("signer", pushed.signer())
                .bind("key", pushed.keyId())
                .bind("at", Columns.micros(at))
                .bind("envelope", envelope)
                .bind("source", source)
                .execute();
        return byDigest(handle, signed.digest()).orElseThrow();
    }

    private static int latest(Handle handle, String name) {
        return handle.createQuery("SELECT COALESCE(MAX(version), 0) FROM playbooks WHERE name = :name")
                .bind("name", name)
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<PushedPlaybook> byDigest(Handle handle, String digest) {
        return handle.createQuery("SELECT * FROM playbooks WHERE digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> read(row))
                .findOne();
    }

    @Override
    public List<PushedPlaybook> newest() {
        return store.read(handle ->
                handle.createQuery("""
                        SELECT * FROM playbooks p
                        WHERE version = (SELECT MAX(version) FROM playbooks WHERE name = p.name) ORDER BY name
                        """).map((row, context) -> read(row)).list());
    }

    @Override
    public List<PushedPlaybook> versions(String name) {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM playbooks WHERE name = :name ORDER BY version DESC")
                        .bind("name", name)
                        .map((row, context) -> read(row))
                        .list());
    }

    @Override
    public Optional<PlaybookDocument> find(String name, OptionalInt version) {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM playbooks WHERE name = :name AND version = :version")
                        .bind("name", name)
                        .bind("version", version.isPresent() ? version.getAsInt() : latest(handle, name))
                        .map((row, context) ->
                                new PlaybookDocument(read(row), row.getBytes("envelope"), row.getString("source")))
                        .findOne());
    }

    @Override
    public Optional<byte[]> envelope(String digest) {
        return store.read(handle -> handle.createQuery("SELECT envelope FROM playbooks WHERE digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> row.getBytes("envelope"))
                .findOne());
    }

    private static PushedPlaybook read(ResultSet row) throws SQLException {
        return new PushedPlaybook(
                row.getString("name"),
                row.getInt("version"),
                row.getString("digest"),
                row.getString("description"),
                Playbook.Maintenance.valueOf(row.getString("maintenance")),
                row.getString("signer"),
                row.getString("key_id"),
                Columns.instant(row, "pushed_at"));
    }
}
