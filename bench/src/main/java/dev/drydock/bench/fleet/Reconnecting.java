package dev.drydock.bench.fleet;

import dev.drydock.agent.session.Backoff;
import dev.drydock.bench.BenchException;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Brings agents that lost their controller back, each when the agent's own policy says, and notes how that goes. Safe for several threads. */
final class Reconnecting implements AutoCloseable {
    /** How many were connected at a time, in seconds since the loss. */
    record Point(double seconds, int connected) {}

    private final int all;
    private final Map<SimulatedAgent, Backoff> policies = new HashMap<>();
    private final Map<SimulatedAgent, Boolean> connected = new HashMap<>();
    private final Map<Status.Code, Integer> failures = new TreeMap<>();
    private final List<Double> back = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private long since;
    private boolean closed;
    private int attempts;

    Reconnecting(List<SimulatedAgent> agents) {
        this.all = agents.size();
        Random random = new Random(1);
        agents.forEach(agent -> policies.put(agent, new Backoff(new Random(random.nextLong()))));
        agents.forEach(agent -> connected.put(agent, true));
    }

    /** The controller is killed now. */
    synchronized void begin() {
        since = System.nanoTime();
    }

    synchronized void welcomed(SimulatedAgent agent) {
        connected.put(agent, true);
        back.add((System.nanoTime() - since) / 1e9);
        notifyAll();
    }

    synchronized void lost(SimulatedAgent agent, Throwable cause) {
        boolean was = Boolean.TRUE.equals(connected.put(agent, false));
        if (closed) {
            return;
        }
        if (!was) {
            failures.merge(Status.fromThrowable(cause).getCode(), 1, Integer::sum);
        }
        Backoff policy = policies.get(agent);
        if (policy == null) {
            throw new IllegalStateException("nobody knows this agent");
        }
        long wait = policy.next(was ? Duration.ofMinutes(1) : Duration.ZERO).toMillis();
        attempts++;
        timer.schedule(agent::again, wait, TimeUnit.MILLISECONDS);
    }

    /** @throws BenchException when not all came back in that time */
    synchronized void await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (back.size() < all) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new BenchException("%d of %d agents came back within %d s; failures: %s"
                        .formatted(back.size(), all, timeout.toSeconds(), failures));
            }
            wait(left);
        }
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized Map<Status.Code, Integer> failures() {
        return Map.copyOf(failures);
    }

    synchronized List<Point> curve() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        int every = Math.max(1, back.size() / 200);
        for (int i = 0; i < back.size(); i++) {
            if (i % every == 0 || i == back.size() - 1) {
                points.add(new Point(back.get(i), i + 1));
            }
        }
        return points;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        timer.shutdownNow();
    }
}
