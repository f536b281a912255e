package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;

/** What is to be done after a decision is durable. Doing one twice does no harm. */
public sealed interface Command {
    /** Make this run, in state OFFERED, in the same transaction as the decision; then tell the host. */
    record OfferRun(String hostId, String runId, Opening opening, Instant deadline) implements Command {}

    /** Ask the agent to end a run: only if it has not started, or with a rollback. */
    record CancelRun(String hostId, String runId, boolean rollBack, String reason) implements Command {}

    /** Let a run's step reboot its host. */
    record AllowReboot(String hostId, String runId, int step) implements Command {}

    /** End a run that the agent does not report: EXPIRED or LOST. Its change comes back as an event. */
    record ConcludeRun(String hostId, String runId, RunState state, String reason) implements Command {}

    /** Send a tick at or soon after this instant. Replaces an earlier one. */
    record ScheduleTick(Instant at) implements Command {}

    /** For people. @param hostId empty: of the rollout itself */
    record Note(String hostId, String text) implements Command {}
}
