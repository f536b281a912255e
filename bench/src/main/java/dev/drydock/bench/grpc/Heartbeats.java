package dev.drydock.bench.grpc;

import dev.drydock.bench.process.JavaProcess;
import dev.drydock.bench.process.ProcessUsage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Every agent says that it is there each 45 s, as the controller asks for; spread evenly, on one thread. */
public final class Heartbeats implements AutoCloseable {
    /** As the controller's Welcome says. */
    public static final Duration INTERVAL = Duration.ofSeconds(45);

    /** What a connection leads to is no heartbeat; and the compiler is at work for a minute or two after thousands of them. */
    private static final Duration SETTLING = Duration.ofSeconds(45);

    private static final Duration SETTLING_LAST = Duration.ofSeconds(150);
    private static final Duration COUNTED = Duration.ofSeconds(30);
    private static final Duration COUNTED_LAST = Duration.ofSeconds(60);

    /** Multiples of it, but for whole ones, lie evenly however many there are: the golden ratio. */
    private static final double SPREAD = 0.618033988749895;

    /** It is looked so often whether there are more. */
    private static final long GROWN = Duration.ofMillis(10).toNanos();

    private final long began = System.nanoTime();
    private final List<? extends Beating> agents;
    private final long interval;
    private final AtomicInteger lateBeats = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    /** One that can say that it is there; does not block. */
    public interface Beating {
        void beat();
    }

    /**
     * How much of a core a server takes while nothing but heartbeats comes; the same windows for all servers. Blocks for minutes.
     *
     * @param last whether it is the step that is judged
     * @return in %
     */
    public static double cost(JavaProcess server, boolean last) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((last ? SETTLING_LAST : SETTLING).toMillis());
        Duration counted = last ? COUNTED_LAST : COUNTED;
        ProcessUsage before = server.usage();
        TimeUnit.MILLISECONDS.sleep(counted.toMillis());
        return server.usage().cpu().minus(before.cpu()).toNanos() * 100.0 / counted.toNanos();
    }

    /** @param agents may grow meanwhile, where the list allows it */
    public Heartbeats(List<? extends Beating> agents, Duration interval) {
        this.agents = agents;
        this.interval = interval.toNanos();
        this.thread = Thread.ofPlatform().daemon().name("heartbeats").start(this::run);
    }

    private void run() {
        Queue<Turn> turns = new PriorityQueue<>(Comparator.comparingLong(Turn::at));
        int known = 0;
        while (!closed) {
            // Each has a time of its own from when it came: a fleet that grows faster than it beats keeps nobody
            // waiting.
            for (int size = agents.size(); known < size; known++) {
                double phase = known * SPREAD % 1;
                turns.add(new Turn(now() + (long) (interval * phase), known));
            }
            Turn next = turns.peek();
            long left = next == null ? GROWN : next.at() - now();
            if (next == null || left > 0) {
                LockSupport.parkNanos(Math.min(left, GROWN));
                continue;
            }
            turns.remove();
            agents.get(next.agent()).beat();
            boolean late = left < -interval / 30;
            if (late) {
                lateBeats.incrementAndGet();
            }
            turns.add(new Turn((late ? now() : next.at()) + interval, next.agent()));
        }
    }

    private long now() {
        return System.nanoTime() - began;
    }

    private record Turn(long at, int agent) {}

    /** How often it was more than a thirtieth of the interval behind. */
    public int late() {
        return lateBeats.get();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
