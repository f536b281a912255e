package dev.drydock.bench.grpc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Every agent says that it is there each 45 s, as the controller asks for; spread evenly, on one thread. */
public final class Heartbeats implements AutoCloseable {
    /** As the controller's Welcome says. */
    public static final Duration INTERVAL = Duration.ofSeconds(45);

    private final List<? extends Beating> agents;
    private final long interval;
    private final AtomicInteger late = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    /** One that can say that it is there; does not block. */
    public interface Beating {
        void beat();
    }

    /** @param agents may grow meanwhile, where the list allows it */
    public Heartbeats(List<? extends Beating> agents, Duration interval) {
        this.agents = agents;
        this.interval = interval.toNanos();
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
            next += interval / size;
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (left < -interval / 30) {
                late.incrementAndGet();
                next = System.nanoTime();
            }
        }
    }

    /** How often it was more than a thirtieth of the interval behind. */
    public int late() {
        return late.get();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
