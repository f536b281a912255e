package dev.drydock.controller.store;

import dev.drydock.controller.health.Pulse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes what is queued, up to a limit, runs it in one transaction with a savepoint a write and
 * commits. Only then are the futures completed, in order, by a second thread, so that the next group can be written meanwhile.
 * A full queue holds callers back. After a failed commit the connection is replaced, since databases leave open whether they
 * rolled back by themselves.
 */
final class GroupCommitWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommitWriter.class);
    private static final int QUEUE = 10_000;
    private static final String SAVEPOINT = "one_write";

    private final Commits commits;
    private final StoreFailures failures;
    private final int group;
    private final BlockingQueue<QueuedWrite<?>> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(QUEUE);
    private final QueuedWrite<?> last = new QueuedWrite<>(handle -> true, durable -> {});
    private final ExecutorService completer;
    private final Thread writer;
    private final Pulse writing = new Pulse(System::nanoTime);
    private final Pulse telling = new Pulse(System::nanoTime);
    private volatile CommitListener listener = CommitListener.NONE;
    private volatile @Nullable Thread completing;
    private @Nullable Handle handle;
    private boolean closed;

    /** @param commits connects by the writer's thread, again after each failed commit */
    GroupCommitWriter(Commits commits, StoreFailures failures, int group) {
        this.commits = commits;
        this.failures = failures;
        this.group = group;
        this.completer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = Thread.ofPlatform().name("store-completer").unstarted(task);
            completing = thread;
            return thread;
        });
        this.writer = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    <T> CompletableFuture<T> submit(Function<Handle, T> work, Consumer<T> whenDurable) {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException("A write was queued from inside a write; do both in one.");
        }
        QueuedWrite<T> write = new QueuedWrite<>(work, whenDurable);
        room.acquireUninterruptibly();
        synchronized (queue) {
            if (!closed) {
                queue.add(write);
                return write.future();
            }
        }
        room.release();
        write.fail(failures.closed());
        write.complete();
        return write.future();
    }

    void listen(CommitListener to) {
        listener = to;
    }

    /** Writes that wait for their commit to begin. */
    int waiting() {
        return queue.size();
    }

    /** Whether it still writes, and has been at no one thing for longer. */
    boolean alive(Duration patience) {
        return writer.isAlive()
                && writing.busyFor().compareTo(patience) <= 0
                && telling.busyFor().compareTo(patience) <= 0;
    }

    /** Whether this thread completes futures, and so must not wait for one. */
    boolean isCompleting() {
        return Thread.currentThread() == completing;
    }

    private void run() {
        List<QueuedWrite<?>> batch = new ArrayList<>(group);
        while (!batch.contains(last)) {
            batch.clear();
            batch.add(takeUninterruptibly());
            queue.drainTo(batch, group - 1);
            room.release(batch.size());
            writing.begin();
            long began = System.nanoTime();
            boolean committed = commit(batch);
            listener.commitEnded(batch.size(), Duration.ofNanos(System.nanoTime() - began), committed);
            writing.end();
            List<QueuedWrite<?>> done = List.copyOf(batch);
            completer.execute(() -> complete(done));
        }
    }

    private void complete(List<QueuedWrite<?>> done) {
        telling.begin();
        done.forEach(QueuedWrite::complete);
        telling.end();
    }

    private QueuedWrite<?> takeUninterruptibly() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                log.debug("nobody should interrupt the writer; going on", e);
            }
        }
    }

    private boolean commit(List<QueuedWrite<?>> batch) {
        try {
            Handle open = begin();
            for (QueuedWrite<?> write : batch) {
                apply(open, write);
            }
            if (!commits.commit(open)) {
                dropConnection();
            }
            return true;
        } catch (RuntimeException | Error e) {
            StoreException failure = failures.of(e);
            log.error("{}", failure.getMessage());
            batch.forEach(write -> write.fail(failure));
            dropConnection();
            return false;
        }
    }

    /** A connection may have died since the last group: nothing of this one was done with it yet. */
    private Handle begin() {
        Handle former = handle;
        if (former != null) {
            try {
                commits.begin(former);
                return former;
            } catch (RuntimeException e) {
                log.debug("connecting again", e);
                dropConnection();
            }
        }
        Handle open = commits.connect();
        handle = open;
        commits.begin(open);
        return open;
    }

    private void apply(Handle open, QueuedWrite<?> write) {
        open.savepoint(SAVEPOINT);
        try {
            write.run(open);
            open.releaseSavepoint(SAVEPOINT);
        } catch (RuntimeException | Error e) {
            if (failures.endsTransaction(e)) {
                throw e;
            }
            open.rollbackToSavepoint(SAVEPOINT);
            write.fail(e);
        }
    }

    private void dropConnection() {
        Handle broken = handle;
        handle = null;
        if (broken != null) {
            try {
                broken.getConnection().close();
            } catch (SQLException e) {
                log.warn("closing the connection after a failed commit: {}", e.getMessage());
            }
        }
    }

    /** Commits and completes what is queued, then ends both threads. */
    @Override
    public void close() {
        synchronized (queue) {
            if (!closed) {
                closed = true;
                queue.add(last);
            }
        }
        // Its group may have failed, as any may.
        boolean unused = last.future().handle((done, failure) -> true).join();
        completer.close();
        dropConnection();
    }
}
