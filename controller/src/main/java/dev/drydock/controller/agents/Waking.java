package dev.drydock.controller.agents;

import dev.drydock.controller.run.OpenRuns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the sessions of many hosts that there may be something on offer. What some of them have open is read at once; those are told of
 * it before the next are read, so that what a session is told is no older than it need be. Safe for use by several threads.
 */
final class Waking {
    private static final Logger log = LoggerFactory.getLogger(Waking.class);
    private static final int AT_ONCE = 128;

    private final PlaneParts parts;

    Waking(PlaneParts parts) {
        this.parts = parts;
    }

    /** Returns at once. A stream that opens only now reads the record by itself. */
    void wake(List<String> hostIds) {
        List<AgentSession> sessions = hostIds.stream()
                .map(parts.registry()::of)
                .flatMap(Optional::stream)
                .toList();
        later(sessions);
    }

    /** Behind what the pool has to do already, the sessions that were told before among it. */
    private void later(List<AgentSession> left) {
        if (!left.isEmpty()) {
            parts.pool().execute(() -> next(left));
        }
    }

    private void next(List<AgentSession> left) {
        List<AgentSession> some = left.subList(0, Math.min(AT_ONCE, left.size()));
        int[] told = some.stream().mapToInt(AgentSession::told).toArray();
        try {
            Map<String, OpenRuns> open = parts.ledger()
                    .openOn(some.stream().map(AgentSession::hostId).toList());
            for (int i = 0; i < told.length; i++) {
                AgentSession session = some.get(i);
                session.wake(open.getOrDefault(session.hostId(), OpenRuns.NONE), told[i]);
            }
        } catch (RuntimeException e) {
            log.warn("what {} hosts have open could not be read at once; each reads its own", some.size(), e);
            some.forEach(AgentSession::wake);
        }
        later(left.subList(some.size(), left.size()));
    }
}
