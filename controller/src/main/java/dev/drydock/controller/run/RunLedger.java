package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the agent plane keeps of runs beside their events. Implemented by the store. */
public interface RunLedger {
    /**
     * As {@link RunStore#append}, for a run that the agent holds and the controller does not know (its database is older than
     * the run): the run is put on record first. Idempotent.
     */
    CompletableFuture<Run> adopt(Run run, List<RunEvent> events);

    /**
     * Records that the first {@code size} bytes of the run's output are on disk. Never takes bytes back.
     *
     * @return the run as it stands after it, once that is durable
     */
    CompletableFuture<Run> outputStored(String runId, long size);

    /** Records that the run shall end, and waits until that is durable. Ignored when the run has ended. */
    void requestCancel(String runId, CancelRun.Mode mode, String reason);

    /** What each of these hosts has open, with the cancels on record; nothing of hosts that have nothing open. */
    Map<String, OpenRuns> openOn(Collection<String> hostIds);

    /** The name of the newest step of each of these runs that has one, by run id. For display. */
    Map<String, String> steps(List<String> runIds);
}
