package dev.drydock.controller.agents;

import dev.drydock.controller.run.Run;
import java.time.Instant;

/** Told of what goes over agents' streams, by the threads that carry it: must return at once and not throw. */
public interface TrafficListener {
    /** An agent said that it is there. */
    void heartbeat();

    /**
     * A run was offered to its host. May come again for the same run, when that was not answered.
     *
     * @param offeredAt when the rollout decided it
     * @param sentAt when it was given to the connection
     */
    void offerSent(String runId, Instant offeredAt, Instant sentAt);

    /** The agent answered an offer: it took it into its journal, or refused it. */
    void offerAnswered(String runId, boolean accepted);

    /**
     * All that the agent had to say of a run that has ended is durable, and it was told so.
     *
     * @param run as it is on record
     */
    void resultAcknowledged(Run run, Instant at);
}
