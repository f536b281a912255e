package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.CancelRun;
import java.util.List;

/** Carries what was decided to the agents. Implemented by the agent plane. */
public interface RunDispatcher {
    /**
     * The host has offers in the store that it may not have seen. Returns at once; when the agent is not connected its
     * offers go out when it comes back. Calling it too often does no harm.
     */
    void wake(String hostId);

    /** As {@link #wake(String)}, of many: what they have open is read together. */
    default void wake(List<String> hostIds) {
        hostIds.forEach(this::wake);
    }

    /** Returns at once. Not connected: sent again when the agent comes back, as long as the run is open. */
    void cancel(String hostId, String runId, CancelRun.Mode mode, String reason);
}
