package dev.drydock.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/** Time that passes only when it is used. What is due at an instant happens on the way there. Single-threaded. */
final class SimTime implements TimeSource {
    static final Instant START = Instant.parse("2026-11-24T01:00:00Z");

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private int scheduled;
    private long nanos;
    private Duration wallIsOff = Duration.ZERO;

    private record Due(long nanos, int order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Integer.compare(order, other.order);
        }
    }

    /** From now on. */
    void in(Duration fromNow, Runnable what) {
        at(Duration.ofNanos(nanos).plus(fromNow), what);
    }

    void at(Duration sinceStart, Runnable what) {
        due.add(new Due(sinceStart.toNanos(), scheduled++, what));
    }

    /** What an observer with a right clock sees. */
    Instant trueTime() {
        return START.plusNanos(nanos);
    }

    void jumpWall(Duration by) {
        wallIsOff = wallIsOff.plus(by);
    }

    Duration wallIsOff() {
        return wallIsOff;
    }

    void pass(Duration duration) {
        long end = nanos + duration.toNanos();
        while (nextIsDue(end)) {
            next();
        }
        nanos = end;
    }

    private boolean nextIsDue(long end) {
        return !due.isEmpty() && due.peek().nanos() <= end;
    }

    private void next() {
        Due next = due.remove();
        nanos = Math.max(nanos, next.nanos());
        next.what().run();
    }

    @Override
    public Instant wall() {
        return trueTime().plus(wallIsOff);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Optional<Duration> sinceBoot() {
        return Optional.of(Duration.ofNanos(nanos));
    }

    @Override
    public void await(Duration duration, Inbox inbox) throws InterruptedException {
        long end = nanos + duration.toNanos();
        boolean came = inbox.await(Duration.ZERO);
        while (!came && nextIsDue(end)) {
            next();
            came = inbox.await(Duration.ZERO);
        }
        if (!came) {
            nanos = end;
        }
    }
}
