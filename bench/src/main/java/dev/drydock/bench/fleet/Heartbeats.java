package dev.drydock.bench.fleet;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Every agent says that it is there twice a minute, as the controller asks for; spread evenly, on one thread. */
final class Heartbeats implements AutoCloseable {
    private static final long INTERVAL_NANOS = 30_000_000_000L;

    private final List<SimulatedAgent> agents;
    private final AtomicInteger late = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    Heartbeats(List<SimulatedAgent> agents) {
        this.agents = agents;
        this.thread = Thread.ofPlatform().daemon().name("heartbeats").start(this::run);
    }

    private void run() {
        long next = System.nanoTime();
        int at = 0;
        while (!closed) {
            int size = agents.size();
            if (size == 0) {
                LockSupport.parkNanos(10_000_000);
                next = System.nanoTime();
                continue;
            }
            // One after the other also while more come: none is passed over.
            at = at < size ? at : 0;
            agents.get(at++).beat();
            next += INTERVAL_NANOS / size;
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (left < -INTERVAL_NANOS / 30) {
                late.incrementAndGet();
                next = System.nanoTime();
            }
        }
    }

    /** How often it was more than a second behind. */
    int late() {
        return late.get();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
