package dev.drydock.controller.store;

import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Groups of writes in an SQLite file. */
final class SqliteCommits implements Commits {
    private final Supplier<Handle> connect;
    private final Checkpoints checkpoints;

    SqliteCommits(Supplier<Handle> connect, Checkpoints checkpoints) {
        this.connect = connect;
        this.checkpoints = checkpoints;
    }

    @Override
    public Handle connect() {
        return connect.get();
    }

    @Override
    public boolean commit(Handle handle) {
        handle.commit();
        checkpoints.committed();
        return true;
    }
}
