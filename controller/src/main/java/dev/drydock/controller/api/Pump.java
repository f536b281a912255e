package dev.drydock.controller.api;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one piece of work whenever it is woken, never twice at once, on an executor's threads. A wake while it runs makes it run
 * once more, so that nothing is missed. The work must not throw.
 */
final class Pump {
    private final Executor executor;
    private final Runnable work;
    private final AtomicInteger wakes = new AtomicInteger();

    Pump(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /** Returns at once. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int seen = wakes.get();
        while (true) {
            work.run();
            if (wakes.compareAndSet(seen, 0)) {
                return;
            }
            seen = wakes.get();
        }
    }
}
