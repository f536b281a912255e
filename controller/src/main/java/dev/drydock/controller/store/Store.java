package dev.drydock.controller.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one door to the database. SQL and JDBI stay in this package (the build checks it): each domain package declares a port
 * of its own, and a class {@code Sql…} here implements it on top of this.
 *
 * <p>Writes go through one writer that commits in groups; a write's future completes only after its commit is on disk.
 * Writes are applied in the order of the calls and their futures complete in that order. A write that throws is undone alone,
 * its group goes on; when the disk is full the whole group fails. Reads see committed state only and run on the caller's
 * thread. The functions run inside a transaction and must not begin or end one, nor call the store.
 */
public interface Store extends AutoCloseable {
    /** Queues a write. Completes exceptionally with what the function threw, or with {@link StoreException} (disk full, closed). */
    default <T> CompletableFuture<T> write(Function<Handle, T> work) {
        return write(work, durable -> {});
    }

    /**
     * As {@link #write(Function)}.
     *
     * @param whenDurable called once with the result when that is on disk, in the order of the writes, before the future
     *     completes; not called when the write failed. Must return quickly and not wait for another write.
     */
    <T> CompletableFuture<T> write(Function<Handle, T> work, Consumer<T> whenDurable);

    /**
     * Queues a write and waits for it to be durable.
     *
     * @throws IllegalStateException when called by the thread that completes writes (in a stage of a write's future)
     */
    <T> T writeNow(Function<Handle, T> work);

    <T> T read(Function<Handle, T> work);

    @Override
    void close();
}
