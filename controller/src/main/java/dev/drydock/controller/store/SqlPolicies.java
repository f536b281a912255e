package dev.drydock.controller.store;

import dev.drydock.controller.policy.PolicyDocument;
import dev.drydock.controller.policy.PolicyStore;
import dev.drydock.controller.policy.PushedPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** Pushed policies in SQL. */
public final class SqlPolicies implements PolicyStore {
    private static final String NEWEST =
            "SELECT * FROM policies AS one WHERE version = (SELECT MAX(version) FROM policies WHERE name = one.name)";

    private final Store store;

    public SqlPolicies(Store store) {
        this.store = store;
    }

    @Override
    public PushedPolicy add(PolicyDocument document) {
        return store.writeNow(handle -> {
            PushedPolicy wanted = document.policy();
            Optional<PushedPolicy> newest =
                    find(handle, wanted.name(), OptionalInt.empty()).map(PolicyDocument::policy);
            if (newest.filter(one -> one.digest().equals(wanted.digest())).isPresent()) {
                return newest.get();
            }
            handle.createUpdate("""
                            INSERT INTO policies (name, version, digest, description, pushed_by, pushed_at, source)
                            VALUES (:name, :version, :digest, :description, :by, :at, :source)
                            """)
                    .bind("name", wanted.name())
                    .bind("version", newest.map(PushedPolicy::version).orElse(0) + 1)
                    .bind("digest", wanted.digest())
                    .bind("description", wanted.description())
                    .bind("by", wanted.pushedBy())
                    .bind("at", Columns.micros(wanted.pushedAt()))
                    .bind("source", document.source())
                    .execute();
            return find(handle, wanted.name(), OptionalInt.empty())
                    .orElseThrow()
                    .policy();
        });
    }

    @Override
    public List<PolicyDocument> newest() {
        return store.read(handle -> handle.createQuery(NEWEST + " ORDER BY name")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public List<PushedPolicy> versions(String name) {
        return store
                .read(handle -> handle.createQuery("SELECT * FROM policies WHERE name = :name ORDER BY version DESC")
                        .bind("name", name)
                        .map((row, context) -> read(row))
                        .list())
                .stream()
                .map(PolicyDocument::policy)
                .toList();
    }

    @Override
    public Optional<PolicyDocument> find(String name, OptionalInt version) {
        return store.read(handle -> find(handle, name, version));
    }

    private static Optional<PolicyDocument> find(Handle handle, String name, OptionalInt version) {
        return handle.createQuery("""
                        SELECT * FROM policies WHERE name = :name AND (:version = 0 OR version = :version)
                        ORDER BY version DESC LIMIT 1
                        """)
                .bind("name", name)
                .bind("version", version.orElse(0))
                .map((row, context) -> read(row))
                .findOne();
    }

    private static PolicyDocument read(ResultSet row) throws SQLException {
        PushedPolicy policy = new PushedPolicy(
                row.getString("name"),
                row.getInt("version"),
                row.getString("digest"),
                row.getString("description"),
                row.getString("pushed_by"),
                Columns.instant(row, "pushed_at"));
        return new PolicyDocument(policy, row.getString("source"));
    }
}
