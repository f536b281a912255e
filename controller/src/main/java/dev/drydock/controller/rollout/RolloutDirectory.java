package dev.drydock.controller.rollout;

import java.util.List;
import java.util.Optional;

/** Which rollouts there are. Thread-safe. */
public interface RolloutDirectory {
    /** By name or id. */
    Optional<Rollout> find(String nameOrId);

    /** Newest first. */
    List<Rollout> list();

    /** Those that have not ended, and those with a run still open, as they stand now; at hand without reading the database. */
    List<Rollout> live();
}
