package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a host is in its rollout.
 *
 * @param runId of its newest run; empty until the first was offered
 * @param state of the newest run; {@code RUN_STATE_UNSPECIFIED} until the first was offered
 * @param reason why the run, or the host, stands where it stands, one line
 * @param step the step that the run stands at
 * @param attempts how many runs were offered
 * @param deferrals how many runs ended for want of time
 * @param done no further run will be offered
 * @param asked what was last asked of the newest run
 * @param opening that the newest run belongs to
 * @param deadline after it the newest run counts as lost
 * @param reboot that the newest run waits for, or is at
 * @param rebootLeave when this host was last let reboot
 * @param unready why no run can be offered now (offline, drained …); empty: it can
 */
public record HostProgress(
        PlannedHost host,
        String runId,
        RunState state,
        String reason,
        String step,
        int attempts,
        int deferrals,
        boolean done,
        Asked asked,
        Optional<Opening> opening,
        Optional<Instant> deadline,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        String unready,
        Optional<Reboot> reboot,
        Optional<Instant> rebootLeave) {
    private static final Duration ACCEPT_GRACE = Duration.ofMinutes(1);

    /** What a rollout can ask of a run that it has offered. */
    public enum Asked {
        NOTHING,
        /** End it if nothing has started. */
        WITHDRAW,
        ROLL_BACK
    }

    static HostProgress planned(PlannedHost host, String unready) {
        return new HostProgress(
                host,
                "",
                RunState.RUN_STATE_UNSPECIFIED,
                "",
                "",
                0,
                0,
                false,
                Asked.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                unready,
                Optional.empty(),
                Optional.empty());
    }

    /** A run is offered or under way. */
    public boolean open() {
        return state != RunState.RUN_STATE_UNSPECIFIED && !RunStates.ended(state);
    }

    /** A run is still to be offered. */
    public boolean waiting() {
        return !done && !open();
    }

    /** Counts against the failure threshold. What is to be tried again does not. */
    public boolean failed() {
        return done && RunStates.failed(state);
    }

    public boolean succeeded() {
        return state == RunState.SUCCEEDED;
    }

    /** Ended badly, and is to be tried again: also in the opening that it failed in. */
    boolean retried() {
        return waiting() && opening.isEmpty() && RunStates.ended(state);
    }

    HostProgress toRetry() {
        return new HostProgress(
                host,
                runId,
                state,
                reason,
                step,
                attempts,
                deferrals,
                false,
                Asked.NOTHING,
                Optional.empty(),
                Optional.empty(),
                startedAt,
                endedAt,
                unready,
                reboot,
                rebootLeave);
    }

    boolean offeredIn(Opening other) {
        return opening.isPresent() && opening.get().opens().equals(other.opens());
    }

    HostProgress offered(String newRunId, Opening in, Instant lostAt) {
        return new HostProgress(
                host,
                newRunId,
                RunState.OFFERED,
                "",
                "",
                attempts + 1,
                deferrals,
                false,
                Asked.NOTHING,
                Optional.of(in),
                Optional.of(lostAt),
                Optional.empty(),
                Optional.empty(),
                unready,
                Optional.empty(),
                rebootLeave);
    }

    /** What was withdrawn before it began leaves the host as it was: it may be offered again. */
    boolean withdrawn() {
        return state == RunState.CANCELLED && asked == Asked.WITHDRAW;
    }

    /** When an offer that nobody took is over; later than the last start, since its acceptance may be on the way. */
    Optional<Instant> acceptBy() {
        return opening.map(
                in -> deadline.filter(lost -> lost.isBefore(in.startBefore().plus(ACCEPT_GRACE)))
                        .orElse(in.startBefore().plus(ACCEPT_GRACE)));
    }

    HostProgress reported(
            RolloutEvent.RunChanged report, boolean nowDone, int nowDeferrals, Optional<Instant> nowDeadline) {
        return new HostProgress(
                host,
                runId,
                report.state(),
                report.reason(),
                report.step(),
                attempts,
                nowDeferrals,
                nowDone,
                asked,
                opening,
                nowDeadline,
                report.startedAt(),
                report.endedAt(),
                unready,
                report.reboot().map(this::further),
                rebootLeave);
    }

    /** What was decided here is not yet on the run's record when an older report of it comes. */
    private Reboot further(Reboot reported) {
        return reboot.filter(known ->
                        known.step() == reported.step() && known.phase().compareTo(reported.phase()) > 0)
                .orElse(reported);
    }

    HostProgress mayReboot(Instant at) {
        Optional<Reboot> allowed = reboot.map(awaited -> new Reboot(awaited.step(), Reboot.Phase.ALLOWED));
        return new HostProgress(
                host,
                runId,
                state,
                reason,
                step,
                attempts,
                deferrals,
                done,
                asked,
                opening,
                deadline,
                startedAt,
                endedAt,
                unready,
                allowed,
                Optional.of(at));
    }

    HostProgress asking(Asked what) {
        return new HostProgress(
                host,
                runId,
                state,
                reason,
                step,
                attempts,
                deferrals,
                done,
                what,
                opening,
                deadline,
                startedAt,
                endedAt,
                unready,
                reboot,
                rebootLeave);
    }

    HostProgress seen(String nowUnready) {
        return new HostProgress(
                host,
                runId,
                state,
                reason,
                step,
                attempts,
                deferrals,
                done,
                asked,
                opening,
                deadline,
                startedAt,
                endedAt,
                nowUnready,
                reboot,
                rebootLeave);
    }

    /** Ends the host without a (further) run. */
    HostProgress expired(String why, Instant at) {
        return new HostProgress(
                host,
                runId,
                RunState.EXPIRED,
                why,
                step,
                attempts,
                deferrals,
                true,
                asked,
                opening,
                deadline,
                startedAt,
                Optional.of(at),
                unready,
                Optional.empty(),
                rebootLeave);
    }

    HostProgress because(String why) {
        return new HostProgress(
                host,
                runId,
                state,
                why,
                step,
                attempts,
                deferrals,
                done,
                asked,
                opening,
                deadline,
                startedAt,
                endedAt,
                unready,
                reboot,
                rebootLeave);
    }
}
