package dev.drydock.controller.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A write on its way: run once by the writer, completed once after its commit. */
final class QueuedWrite<T> {
    private static final Logger log = LoggerFactory.getLogger(QueuedWrite.class);

    private final Function<Handle, T> work;
    private final Consumer<T> whenDurable;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    QueuedWrite(Function<Handle, T> work, Consumer<T> whenDurable) {
        this.work = work;
        this.whenDurable = whenDurable;
    }

    CompletableFuture<T> future() {
        return future;
    }

    void run(Handle handle) {
        result = work.apply(handle);
    }

    /** The first failure stands. */
    void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    @SuppressWarnings("NullAway") // T may itself be a nullable type: what the work returned is handed on as it is
    void complete() {
        if (failure != null) {
            future.completeExceptionally(failure);
            return;
        }
        try {
            whenDurable.accept(result);
        } catch (RuntimeException e) {
            log.error("what follows a durable write failed", e);
        }
        future.complete(result);
    }
}
