package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import java.util.List;
import java.util.Optional;

/** Rollouts on record. Implemented by the store. Each change is one transaction and durable when it returns. */
public interface RolloutStore {
    /**
     * Puts a rollout on record, and its first runs with it.
     *
     * @return the one that has its name already; then nothing was changed
     */
    Optional<Rollout> insert(Rollout rollout, List<Run> offers);

    /**
     * Records a decision: what differs between the two, and the runs that it offers. Runs that are there already stay as
     * they are.
     */
    void save(Rollout before, Rollout after, List<Run> offers);

    Optional<Rollout> find(String nameOrId);

    /** Newest first. */
    List<Rollout> list();

    /** The name of the rollout of this id. */
    default Optional<String> name(String id) {
        return find(id).map(Rollout::name);
    }

    /** As {@link #list}, each with the first of its hosts alone: there may be very many. */
    default List<Rollout> heads() {
        return list();
    }

    /** Those that have not ended, and those that ended with a run still open. Oldest first. */
    List<Rollout> live();

    /** Of all rollouts. */
    List<Run> openRuns();
}
