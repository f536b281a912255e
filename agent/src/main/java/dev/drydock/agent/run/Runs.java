package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.RebootLeave;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.util.List;

/**
 * All runs of this host: what the session sees of the engine. One run at a time changes the host; others that were accepted
 * wait for it. Safe for use by several threads; no method waits for a run's work.
 */
public interface Runs {
    /**
     * Accepts or refuses. An accepted run is in its journal when this returns. Idempotent by run id: a second offer of a known
     * run gets the first answer and starts nothing.
     *
     * @param envelope the signed playbook (DSSE, JSON) that the offer names by digest
     * @throws IOException the journal cannot be written; nothing was accepted
     */
    OfferReply offer(Offer offer, byte[] envelope) throws IOException;

    boolean knows(String runId);

    /** Takes a cancel to its run; ignored when the run is unknown or has ended. */
    void cancel(CancelRun cancel);

    /** Lets a step that waits for it reboot the host; ignored when the run is unknown or the step does not wait. */
    void mayReboot(RebootLeave leave);

    /**
     * What a playbook would change here; where the request says so, what it needs is downloaded too. Changes nothing on the host but
     * the agent's own files. May take as long as the package manager's simulation, and the downloads; these end when a run begins.
     */
    PlanReport plan(PlanRequest request, byte[] envelope) throws InterruptedException;

    /** Runs of which not everything is durable at the controller yet, oldest first. */
    List<OpenRun> undelivered();

    /**
     * Names the controller's record of runs. When it is another than the one that runs were delivered to, because a backup was
     * put back, every run that this host still has counts as undelivered again. Idempotent.
     *
     * @return whether there are more undelivered runs now, so that the controller has to be told
     * @throws IOException that cannot be noted; tried again at the next connection
     */
    boolean deliveredTo(String recordId) throws IOException;

    /** What a person has to look at before this host takes another run, a line each; empty on a healthy host. */
    List<String> troubles();

    /** Events after that sequence number, in order, of at most {@code maxBytes} together, but at least one where there is one. */
    List<RunEvent> events(String runId, long after, int maxBytes) throws IOException;

    /** Output from that offset, at most {@code maxBytes}; empty when there is no more yet. */
    byte[] output(String runId, long offset, int maxBytes) throws IOException;

    /** What is durable at the controller. A run that ended and is durable as a whole is no longer undelivered. */
    void acked(Ack ack) throws IOException;

    /** Calls back after a run has new events or output, on any thread; the listener must return at once. */
    void listen(RunsListener listener);

    /** Told that a run has news. */
    @FunctionalInterface
    interface RunsListener {
        void news(String runId);
    }
}
