package dev.drydock.controller.rollout;

import java.util.List;
import java.util.Optional;

/** Which rollouts there are. Thread-safe. */
public interface RolloutDirectory {
    /** By name or id. */
    Optional<Rollout> find(String nameOrId);

    /** Newest first. */
    List<Rollout> list();

    /** The name of the rollout of this id. */
    default Optional<String> name(String id) {
        return find(id).map(Rollout::name);
    }

    /** As {@link #list}; those that are not live may be with the first of their hosts alone, of which there may be very many. */
    default List<Rollout> heads() {
        return list();
    }

    /** Those that have not ended, and those with a run still open, as they stand now; at hand without reading the database. */
    List<Rollout> live();
}
