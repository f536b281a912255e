package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.CancelRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Cancels on their way to the thread of the run. Safe for use by several threads. */
public final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<CancelRun> waiting = new ArrayDeque<>();

    void put(CancelRun cancel) {
        lock.lock();
        try {
            // The controller repeats a cancel at each reconnect; one of a kind is enough.
            if (waiting.stream().noneMatch(w -> w.getMode() == cancel.getMode())) {
                waiting.add(cancel);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<CancelRun> poll() {
        lock.lock();
        try {
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the time has passed or something is waiting. */
    void await(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(duration);
            while (waiting.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
