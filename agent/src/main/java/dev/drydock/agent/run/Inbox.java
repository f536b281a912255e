package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.CancelRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Cancels, leaves to reboot and calls to look again, on their way to the thread of the run. Safe for use by several threads. */
public final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<CancelRun> waiting = new ArrayDeque<>();
    private OptionalInt mayReboot = OptionalInt.empty();
    private boolean woken;

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

    /** The newest leave is the one that counts: a run waits for one at a time. */
    void mayReboot(int step) {
        lock.lock();
        try {
            mayReboot = OptionalInt.of(step);
            woken = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is leave for this step to reboot the host. It can be taken once. */
    boolean takeLeave(int step) {
        lock.lock();
        try {
            boolean given = mayReboot.equals(OptionalInt.of(step));
            mayReboot = OptionalInt.empty();
            return given;
        } finally {
            lock.unlock();
        }
    }

    /** Ends one wait, the one that is on or the next. */
    void wake() {
        lock.lock();
        try {
            woken = true;
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

    /**
     * Returns when the time has passed, something is waiting, or it is woken.
     *
     * @return whether something came before the time had passed
     */
    boolean await(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(duration);
            while (waiting.isEmpty() && !woken && left > 0) {
                left = arrived.awaitNanos(left);
            }
            boolean came = woken || !waiting.isEmpty();
            woken = false;
            return came;
        } finally {
            lock.unlock();
        }
    }
}
