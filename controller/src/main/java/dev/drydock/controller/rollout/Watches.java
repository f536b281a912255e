package dev.drydock.controller.rollout;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to hear of which rollout. Told by the coordinator's thread; a listener that throws is told no more. */
final class Watches {
    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    private final Map<String, List<Watch>> byRollout = new ConcurrentHashMap<>();

    /** Tells it the rollout as it stands. */
    RolloutWatch add(Rollout rollout, RolloutListener listener) {
        Watch watch = new Watch(rollout.id(), listener);
        byRollout.compute(rollout.id(), (id, others) -> {
            List<Watch> watches = others == null ? new CopyOnWriteArrayList<>() : others;
            watches.add(watch);
            return watches;
        });
        watch.tell(rollout, List.of());
        return watch;
    }

    void tell(Rollout rollout, List<TimedNote> notes) {
        byRollout.getOrDefault(rollout.id(), List.of()).forEach(watch -> watch.tell(rollout, notes));
    }

    private final class Watch implements RolloutWatch {
        private final String rolloutId;
        private final RolloutListener listener;
        private volatile boolean closed;

        Watch(String rolloutId, RolloutListener listener) {
            this.rolloutId = rolloutId;
            this.listener = listener;
        }

        void tell(Rollout rollout, List<TimedNote> notes) {
            if (closed) {
                return;
            }
            try {
                listener.rolloutChanged(rollout, notes);
            } catch (RuntimeException e) {
                log.error("a listener failed on a change of rollout {}; it is told no more", rollout.name(), e);
                close();
            }
        }

        @Override
        public void close() {
            closed = true;
            byRollout.computeIfPresent(rolloutId, (id, watches) -> {
                watches.remove(this);
                return watches.isEmpty() ? null : watches;
            });
        }
    }
}
