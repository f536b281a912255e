package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs and their durable events. Implemented by the store. */
public interface RunStore {
    Optional<Run> find(String runId);

    /** Runs of this host that have not ended, oldest first: those in state OFFERED are still to be accepted. */
    List<Run> openOf(String hostId);

    List<Run> ofRollout(String rolloutId);

    /** Newest first, of these hosts alone; an empty filter matches all. */
    List<Run> ofHosts(Collection<String> hostIds, Optional<String> rolloutId, int limit);

    /** Newest first; an empty filter matches all. */
    List<Run> list(Optional<String> hostId, Optional<String> rolloutId, int limit);

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
