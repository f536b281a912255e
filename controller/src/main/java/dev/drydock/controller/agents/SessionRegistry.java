package dev.drydock.controller.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected: one stream a host. The same agent that comes again takes the place of its older stream. Another agent
 * process with the same identity is either that host after a crash, whose older stream is dead without a word, or a clone:
 * the older stream is asked for a sign of life, and if it gives one in time the newer is refused as a clone. Safe for use by
 * several threads; calls sessions back only to queue work.
 */
final class SessionRegistry {
    private final Duration silence;
    private final Duration probe;
    private final Set<AgentSession> all = ConcurrentHashMap.newKeySet();
    private final Map<String, Slot> slots = new HashMap<>();
    /** Those that have, or had a moment ago, a contender: few, where slots are many thousands. */
    private final Set<Slot> contested = new HashSet<>();

    /** @param silence after which a stream counts as dead without being asked */
    SessionRegistry(Duration silence, Duration probe) {
        this.silence = silence;
        this.probe = probe;
    }

    /** A stream that has not said who its agent is. */
    void arrived(AgentSession session) {
        all.add(session);
    }

    /** The stream said which agent process it is of: it is told to open, to wait, or that it is one too many. */
    synchronized void claim(AgentSession session) {
        if (!all.contains(session)) {
            return;
        }
        Slot slot = slots.get(session.hostId());
        if (slot == null) {
            slots.put(session.hostId(), new Slot(session));
            session.granted();
        } else if (slot.holder.instanceId().equals(session.instanceId())) {
            AgentSession older = slot.holder;
            slot.holder = session;
            older.replaced();
            session.granted();
            if (slot.contender != null) {
                refuseContender(slot);
            }
        } else if (slot.holder.silentFor().compareTo(silence) > 0) {
            take(slot, session);
        } else {
            contest(slot, session);
        }
    }

    private void contest(Slot slot, AgentSession session) {
        AgentSession waiting = slot.contender;
        if (waiting != null && !waiting.instanceId().equals(session.instanceId())) {
            session.notNow();
            return;
        }
        slot.contender = session;
        contested.add(slot);
        if (waiting != null) {
            waiting.replaced();
        }
        slot.holder.contested(true);
    }

    private static void take(Slot slot, AgentSession session) {
        AgentSession dead = slot.holder;
        slot.holder = session;
        slot.contender = null;
        dead.silent();
        session.granted();
    }

    private static void refuseContender(Slot slot) {
        AgentSession clone = slot.contender;
        slot.contender = null;
        slot.holder.contested(false);
        if (clone != null) {
            clone.cloned();
        }
    }

    /** A contested stream gave a sign of life. */
    synchronized void alive(AgentSession session) {
        Slot slot = slots.get(session.hostId());
        if (slot != null && slot.holder == session && slot.contender != null) {
            refuseContender(slot);
        }
    }

    synchronized void ended(AgentSession session) {
        all.remove(session);
        Slot slot = slots.get(session.hostId());
        if (slot == null) {
            return;
        }
        if (slot.contender == session) {
            slot.contender = null;
            slot.holder.contested(false);
        } else if (slot.holder == session) {
            AgentSession next = slot.contender;
            slot.contender = null;
            if (next == null) {
                slots.remove(session.hostId());
            } else {
                slots.put(session.hostId(), new Slot(next));
                next.granted();
            }
        }
    }

    /** Settles what was contested for long enough. */
    synchronized void settle() {
        for (Slot slot : contested) {
            AgentSession next = slot.contender;
            if (next != null && slot.holder.contestedFor().compareTo(probe) >= 0) {
                take(slot, next);
            }
        }
        contested.removeIf(slot -> slot.contender == null);
    }

    synchronized Optional<AgentSession> of(String hostId) {
        return Optional.ofNullable(slots.get(hostId)).map(slot -> slot.holder);
    }

    /** All streams of a host, also those that wait or have not said who they are. */
    List<AgentSession> allOf(String hostId) {
        return all().stream().filter(session -> session.hostId().equals(hostId)).toList();
    }

    List<AgentSession> all() {
        return new ArrayList<>(all);
    }

    private static final class Slot {
        private AgentSession holder;
        private @Nullable AgentSession contender;

        private Slot(AgentSession holder) {
            this.holder = holder;
        }
    }
}
