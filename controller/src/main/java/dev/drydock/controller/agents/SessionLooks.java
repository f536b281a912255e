package dev.drydock.controller.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * When which session is looked at: once it may have been silent for too long, and not before. A session that is heard does nothing
 * here: when its time comes it says until when it need not be looked at again. So a look costs those whose time has come, and not all of
 * many thousands, which no cache holds. Those with offers that wait for an answer are asked at each look: they are few, or not for long.
 *
 * <p>{@link #look} is for one thread, all else for any.
 */
final class SessionLooks {
    /** So much finer than looks are times kept: nobody waits for much more than one look longer than need be. */
    private static final int PARTS_OF_A_LOOK = 16;

    private final long origin;
    private final long part;
    private final Queue<Watched> arrived = new ConcurrentLinkedQueue<>();
    private final Set<Watched> offering = ConcurrentHashMap.newKeySet();
    /** By the end of the time in which they may become due. */
    private final TreeMap<Long, List<Watched>> due = new TreeMap<>();

    /** One stream. */
    interface Watched {
        /**
         * Ends what should not go on.
         *
         * @param nanos of a clock that never jumps
         * @return for how many nanoseconds nothing can be due; zero: it is over
         */
        long look(long nanos, Instant now);

        /** Looks whether offers went without an answer for long. */
        void offerAgain();
    }

    /**
     * @param nanos now, of the clock of {@link #look}
     * @param period from one look to the next
     */
    SessionLooks(long nanos, Duration period) {
        this.origin = nanos;
        this.part = Math.max(1, period.toNanos() / PARTS_OF_A_LOOK);
    }

    /** A new stream. */
    void arrived(Watched session) {
        arrived.add(session);
    }

    /** Offers may wait for an answer on it: at the next look it is asked, once. */
    void offering(Watched session) {
        offering.add(session);
    }

    void look(long nanos, Instant now) {
        for (Watched session = arrived.poll(); session != null; session = arrived.poll()) {
            look(session, nanos, now);
        }
        long parts = Math.floorDiv(nanos - origin, part);
        List<List<Watched>> over = new ArrayList<>();
        while (!due.isEmpty() && due.firstKey() <= parts) {
            over.add(due.pollFirstEntry().getValue());
        }
        over.forEach(all -> all.forEach(session -> look(session, nanos, now)));
        for (Watched session : offering) {
            offering.remove(session);
            session.offerAgain();
        }
    }

    private void look(Watched session, long nanos, Instant now) {
        long left = session.look(nanos, now);
        if (left > 0) {
            due.computeIfAbsent(Math.floorDiv(nanos - origin + left, part) + 1, end -> new ArrayList<>())
                    .add(session);
        }
    }
}
