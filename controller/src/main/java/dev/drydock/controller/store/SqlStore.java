package dev.drydock.controller.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What both kinds of store are: one {@link GroupCommitWriter} and a small pool of connections that cannot write. */
public abstract class SqlStore implements Store {
    static final int READERS = 4;
    static final int GROUP = 1_000;

    private final HikariDataSource readers;
    private final Jdbi reading;
    private final GroupCommitWriter writer;

    SqlStore(HikariConfig readers, UnaryOperator<Jdbi> reading, Commits commits, StoreFailures failures) {
        this.readers = new HikariDataSource(readers);
        this.reading = reading.apply(Jdbi.create(this.readers));
        this.writer = new GroupCommitWriter(commits, failures, GROUP);
    }

    /** Flyway itself would go on with a schema that it does not know. */
    static void refuseNewer(String database, MigrationInfoService schema, String wayBack) {
        for (MigrationInfo applied : schema.applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new StoreException(
                        StoreException.Kind.BROKEN,
                        "The database " + database + " was written by a newer Drydock: its schema is at version "
                                + applied.getVersion()
                                + ", which this one does not know. Run that version or a newer one,"
                                + " or restore a backup that was made before the upgrade." + wayBack,
                        null);
            }
        }
    }

    @Override
    public <T> CompletableFuture<T> write(Function<Handle, T> work, Consumer<T> whenDurable) {
        return writer.submit(work, whenDurable);
    }

    @Override
    public <T> T writeNow(Function<Handle, T> work) {
        if (writer.isCompleting()) {
            throw new IllegalStateException("A stage of a write's future waited for another write; use write() there.");
        }
        try {
            return write(work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
        return reading.withHandle(work::apply);
    }

    /** Tells of each commit from now on, instead of who was told before. */
    public void listen(CommitListener to) {
        writer.listen(to);
    }

    /** Writes that wait for their commit to begin. */
    public int waiting() {
        return writer.waiting();
    }

    /** Whether the threads that write are there, and have been at no one thing for longer. */
    public boolean alive(Duration patience) {
        return writer.alive(patience);
    }

    /** Shows whether the database takes a write. Changes nothing that is read. */
    public abstract CompletableFuture<Boolean> probe();

    /**
     * Gives some of what is free back to the file system, where the database does not do so by itself.
     *
     * @return whether there is more
     */
    public abstract CompletableFuture<Boolean> compact();

    /** Commits what is queued, then closes. Later writes fail with {@link StoreException}. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
