package dev.drydock.controller.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one door to the database. SQL stays in this package: everything else sees ports.
 *
 * <p>Writes go through one writer that commits in groups; a write's future completes only after its commit is on disk.
 * Writes are applied in the order of the calls. A write that throws is undone alone, its group goes on. Reads see committed
 * state only and run on the caller's thread.
 */
public interface Store extends AutoCloseable {
    /** Queues a write. Completes exceptionally with what the function threw, or with {@link StoreException} (disk full, closed). */
    <T> CompletableFuture<T> write(Function<Handle, T> work);

    /** Queues a write and waits for it to be durable. */
    <T> T writeNow(Function<Handle, T> work);

    <T> T read(Function<Handle, T> work);

    @Override
    void close();
}
