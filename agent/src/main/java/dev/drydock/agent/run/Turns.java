package dev.drydock.agent.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Whose turn it is to change the host: one run at a time, in the order of asking. Safe for use by several threads. */
final class Turns {
    private final Deque<Waiting> queue = new ArrayDeque<>();

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
}
