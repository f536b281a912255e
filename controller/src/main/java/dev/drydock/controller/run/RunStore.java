package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs and their durable events. Implemented by the store. */
public interface RunStore {
    Optional<Run> find(String runId);

    /** Runs of this host that have not ended, oldest first: those in state OFFERED are still to be accepted. */
    List<Run> openOf(String hostId);

    /** Those of these runs that are beyond being offered. */
    List<Run> begun(List<String> runIds);

    List<Run> ofRollout(String rolloutId);

    /** Newest first; an empty filter matches all. */
    default List<Run> list(Optional<String> hostId, Optional<String> rolloutId, int limit) {
        return list(hostId, rolloutId, Optional.empty(), limit);
    }

    /** @param after only those that come after this place; it need not be there any more */
    List<Run> list(Optional<String> hostId, Optional<String> rolloutId, Optional<Place> after, int limit);

    /** Where a run stands in the list. */
    record Place(Instant offeredAt, String id) {}

    /** Runs of any version of this playbook that began and have ended, newest first. */
    List<Run> ended(String playbookName, int limit);

    /** All durable events of the run, in order. */
    List<RunEvent> events(String runId);

    /**
     * Appends what is new: events whose sequence is not one more than the last durable one are ignored (already there) or
     * refused (a gap). Updates the run's state from them, also out of LOST. Idempotent.
     *
     * @return the run as it stands after it, once that is durable
     */
    CompletableFuture<Run> append(String runId, List<RunEvent> events);

    /** Puts on record that the run's agent may reboot the host for this step. Ignored when it does not wait for that. */
    CompletableFuture<Run> allowReboot(String runId, int step);

    /** Moves a run that the agent has not journaled (refused, expired, lost). Ignored when the run has ended. */
    CompletableFuture<Run> conclude(String runId, RunState state, String reason);
}
