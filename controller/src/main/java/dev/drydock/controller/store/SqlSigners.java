package dev.drydock.controller.store;

import dev.drydock.controller.playbook.PinnedSigner;
import dev.drydock.controller.playbook.SignerStore;
import dev.drydock.playbooks.sign.PublicSigner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Pinned signers in SQL. */
public final class SqlSigners implements SignerStore {
    private final Store store;

    public SqlSigners(Store store) {
        this.store = store;
    }

    @Override
    public List<PinnedSigner> addIfAbsent(PinnedSigner pinned) {
        PublicSigner signer = pinned.signer();
        return store.writeNow(handle -> {
            handle.createUpdate("""
                            INSERT INTO signers (name, key_id, public_key, pinned_at) VALUES (:name, :id, :key, :at)
                            ON CONFLICT DO NOTHING
                            """)
                    .bind("name", signer.name())
                    .bind("id", signer.keyId())
                    .bind("key", signer.rawKey())
                    .bind("at", Columns.micros(pinned.pinnedAt()))
                    .execute();
            return handle.createQuery("SELECT * FROM signers WHERE name = :name OR key_id = :id ORDER BY name")
                    .bind("name", signer.name())
                    .bind("id", signer.keyId())
                    .map((row, context) -> read(row))
                    .list();
        });
    }

    @Override
    public List<PinnedSigner> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM signers ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    private static PinnedSigner read(ResultSet row) throws SQLException {
        return new PinnedSigner(
                new PublicSigner(row.getString("name"), row.getString("key_id"), row.getBytes("public_key")),
                Columns.instant(row, "pinned_at"));
    }
}
