package dev.drydock.controller.agents;

import dev.drydock.controller.logs.LogKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time, in the order in which they came, on a pool's threads; none is held while there is no task. */
final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor pool;
    private final String host;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param host whose tasks they are, for the log */
    SerialExecutor(Executor pool, String host) {
        this.pool = pool;
        this.host = host;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            pool.execute(this::runNext);
        }
    }

    /** One task a turn, so that an agent with much to say does not keep the others waiting. */
    private void runNext() {
        Runnable task = tasks.remove();
        try (var _ = LogKey.HOST.with(host)) {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task of an agent's session failed", e);
        }
        if (waiting.decrementAndGet() > 0) {
            pool.execute(this::runNext);
        }
    }
}
