package dev.drydock.controller.rollout;

import java.util.List;

/** Told on the coordinator's thread, in order: must return quickly, not throw, and not call {@link Rollouts}. */
@FunctionalInterface
public interface RolloutListener {
    /**
     * A durable change.
     *
     * @param notes what happened since the last call, oldest first
     */
    void rolloutChanged(Rollout rollout, List<TimedNote> notes);
}
