package dev.drydock.agent.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to change the host: one run at a time, in the order of asking. Downloads ahead of runs have no turn: there is
 * one at a time and only while no run asks, and one that does ends it without waiting for it. Safe for use by several threads.
 */
final class Turns {
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private @Nullable Thread fetching;
    private boolean gaveWay;

    private record Waiting(String runId, Inbox inbox) {}

    /**
     * Asks for a turn, or again for the same one.
     *
     * @param inbox woken when the turn may have come
     * @return whether it is this run's turn, which it keeps until it {@linkplain #leave leaves}
     */
    synchronized boolean take(String runId, Inbox inbox) {
        if (queue.stream().noneMatch(waiting -> waiting.runId().equals(runId))) {
            queue.add(new Waiting(runId, inbox));
        }
        if (fetching != null && !gaveWay) {
            gaveWay = true;
            fetching.interrupt();
        }
        return queue.element().runId().equals(runId);
    }

    /** Gives the turn, or the place in the queue, to the next. Leaving twice is fine. */
    synchronized void leave(String runId) {
        queue.removeIf(waiting -> waiting.runId().equals(runId));
        Waiting next = queue.peek();
        if (next != null) {
            next.inbox().wake();
        }
    }

    /** @return whether this thread may fetch ahead, until {@link #endFetch} or until it is interrupted for a run */
    synchronized boolean beginFetch() {
        if (fetching != null || !queue.isEmpty()) {
            return false;
        }
        fetching = Thread.currentThread();
        gaveWay = false;
        return true;
    }

    /**
     * Ending twice is fine. Takes back the interrupt that a run gave.
     *
     * @return whether it ended for a run
     */
    synchronized boolean endFetch() {
        fetching = null;
        if (gaveWay) {
            boolean unused = Thread.interrupted();
        }
        return gaveWay;
    }
}
