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
        Copy to = new Copy(this);
        to.done = false;
        to.asked = Asked.NOTHING;
        to.opening = Optional.empty();
        to.deadline = Optional.empty();
        return to.made();
    }

    boolean offeredIn(Opening other) {
        return opening.isPresent() && opening.get().opens().equals(other.opens());
    }

    HostProgress offered(String newRunId, Opening in, Instant lostAt) {
        Copy to = new Copy(this);
        to.runId = newRunId;
        to.state = RunState.OFFERED;
        to.reason = "";
        to.step = "";
        to.attempts = attempts + 1;
        to.asked = Asked.NOTHING;
        to.done = false;
        to.opening = Optional.of(in);
        to.deadline = Optional.of(lostAt);
        to.startedAt = Optional.empty();
        to.endedAt = Optional.empty();
        to.reboot = Optional.empty();
        return to.made();
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
        Copy to = new Copy(this);
        to.state = report.state();
        to.reason = report.reason();
        to.step = report.step();
        to.deferrals = nowDeferrals;
        to.done = nowDone;
        to.deadline = nowDeadline;
        to.startedAt = report.startedAt();
        to.endedAt = report.endedAt();
        to.reboot = report.reboot().map(this::further);
        return to.made();
    }

    /** What was decided here is not yet on the run's record when an older report of it comes. */
    private Reboot further(Reboot reported) {
        return reboot.filter(known ->
                        known.step() == reported.step() && known.phase().compareTo(reported.phase()) > 0)
                .orElse(reported);
    }

    HostProgress mayReboot(Instant at) {
        Copy to = new Copy(this);
        to.reboot = reboot.map(awaited -> new Reboot(awaited.step(), Reboot.Phase.ALLOWED));
        to.rebootLeave = Optional.of(at);
        return to.made();
    }

    HostProgress asking(Asked what) {
        Copy to = new Copy(this);
        to.asked = what;
        return to.made();
    }

    HostProgress seen(String nowUnready) {
        Copy to = new Copy(this);
        to.unready = nowUnready;
        return to.made();
    }

    /** Ends the host without a (further) run. */
    HostProgress expired(String why, Instant at) {
        Copy to = new Copy(this);
        to.state = RunState.EXPIRED;
        to.reason = why;
        to.done = true;
        to.endedAt = Optional.of(at);
        to.reboot = Optional.empty();
        return to.made();
    }

    HostProgress because(String why) {
        Copy to = new Copy(this);
        to.reason = why;
        return to.made();
    }

    /** What a step changes stands with the step, and all else here. Of one thread; thrown away after it. */
    private static final class Copy {
        final PlannedHost host;
        String runId;
        RunState state;
        String reason;
        String step;
        int attempts;
        int deferrals;
        boolean done;
        Asked asked;
        Optional<Opening> opening;
        Optional<Instant> deadline;
        Optional<Instant> startedAt;
        Optional<Instant> endedAt;
        String unready;
        Optional<Reboot> reboot;
        Optional<Instant> rebootLeave;

        Copy(HostProgress of) {
            host = of.host;
            runId = of.runId;
            state = of.state;
            reason = of.reason;
            step = of.step;
            attempts = of.attempts;
            deferrals = of.deferrals;
            done = of.done;
            asked = of.asked;
            opening = of.opening;
            deadline = of.deadline;
            startedAt = of.startedAt;
            endedAt = of.endedAt;
            unready = of.unready;
            reboot = of.reboot;
            rebootLeave = of.rebootLeave;
        }

        HostProgress made() {
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
                    reboot,
                    rebootLeave);
        }
    }
}
