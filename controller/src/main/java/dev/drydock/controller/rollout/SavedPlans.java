package dev.drydock.controller.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plans that may be applied, the newest of each name. Implemented by the store. */
public interface SavedPlans {
    /** A plan older than that, when another is saved, is of a world that is gone. */
    Duration KEPT = Duration.ofDays(90);

    /** Replaces an earlier one of the name, and forgets those that are too old; durable when it returns. */
    void save(SavedPlan plan);

    Optional<SavedPlan> find(String name);

    List<String> names();
}
