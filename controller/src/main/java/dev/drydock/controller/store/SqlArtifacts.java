package dev.drydock.controller.store;

import dev.drydock.controller.artifact.Artifact;
import dev.drydock.controller.artifact.ArtifactStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which artifacts there are, in SQL. */
public final class SqlArtifacts implements ArtifactStore {
    private final Store store;

    public SqlArtifacts(Store store) {
        this.store = store;
    }

    @Override
    public Artifact add(Artifact artifact) {
        return store.writeNow(handle -> find(handle, artifact.digest()).orElseGet(() -> insert(handle, artifact)));
    }

    private static Artifact insert(Handle handle, Artifact artifact) {
        handle.createUpdate("INSERT INTO artifacts (digest, name, size, pushed_at) VALUES (:digest, :name, :size, :at)")
                .bind("digest", artifact.digest())
                .bind("name", artifact.name())
                .bind("size", artifact.size())
                .bind("at", Columns.micros(artifact.pushedAt()))
                .execute();
        return find(handle, artifact.digest()).orElseThrow();
    }

    private static Optional<Artifact> find(Handle handle, String digest) {
        return handle.createQuery("SELECT * FROM artifacts WHERE digest = :digest")
                .bind("digest", digest)
                .map((row, context) -> read(row))
                .findOne();
    }

    @Override
    public Optional<Artifact> find(String digest) {
        return store.read(handle -> find(handle, digest));
    }

    @Override
    public List<Artifact> list() {
        return store.read(handle -> handle.createQuery("SELECT * FROM artifacts ORDER BY pushed_at DESC, digest")
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public boolean delete(String digest) {
        return store.writeNow(handle -> handle.createUpdate("DELETE FROM artifacts WHERE digest = :digest")
                        .bind("digest", digest)
                        .execute()
                > 0);
    }

    private static Artifact read(ResultSet row) throws SQLException {
        return new Artifact(
                row.getString("digest"), row.getString("name"), row.getLong("size"), Columns.instant(row, "pushed_at"));
    }
}
