package dev.drydock.controller.rollout;

import java.util.List;
import java.util.Optional;

/** Plans that may be applied, the newest of each name. Implemented by the store. */
public interface SavedPlans {
    /** Replaces an earlier one of the name; durable when it returns. */
    void save(SavedPlan plan);

    Optional<SavedPlan> find(String name);

    List<String> names();
}
