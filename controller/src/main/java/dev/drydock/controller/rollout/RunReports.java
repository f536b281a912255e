package dev.drydock.controller.rollout;

import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What a report of a run changes in the rollout's record of its host. Reports may come twice, late or in another order. */
final class RunReports {
    /** How long after each sign of life a run that is past its deadline is waited for. */
    static final Duration LATE_GRACE = Duration.ofMinutes(15);

    private RunReports() {}

    static void take(Turn turn, RolloutEvent.RunChanged report) {
        OptionalInt position = turn.plan.position(report.hostId());
        if (position.isEmpty()) {
            return;
        }
        HostProgress host = turn.host(position.getAsInt());
        if (!host.runId().equals(report.runId())) {
            ofAnother(turn, host, report);
            return;
        }
        if (report.state() == host.state() && !endedByRollout(host)) {
            turn.host(position.getAsInt(), after(host, report, host.done(), host.deferrals(), host.deadline()));
        } else if (news(host, report.state())) {
            turn.host(position.getAsInt(), moved(turn, host, report));
            if (RunStates.ended(report.state())) {
                turn.note(report.hostId(), words(report.state(), report.reason()));
            }
        }
    }

    private static void ofAnother(Turn turn, HostProgress host, RolloutEvent.RunChanged report) {
        if (RunStates.ended(report.state()) && !host.runId().isEmpty()) {
            turn.note(
                    report.hostId(),
                    "run " + report.runId() + ", which is not the newest one: "
                            + words(report.state(), report.reason()));
        }
    }

    private static HostProgress moved(Turn turn, HostProgress host, RolloutEvent.RunChanged report) {
        int deferrals = outOfTime(report.state()) ? host.deferrals() + 1 : host.deferrals();
        return after(host, report, done(host, report.state()), deferrals, deadline(host, report.state(), turn.now));
    }

    private static HostProgress after(
            HostProgress host,
            RolloutEvent.RunChanged report,
            boolean done,
            int deferrals,
            Optional<Instant> deadline) {
        return host.reported(report, done, deferrals, deadline);
    }

    /** Whether this state comes after the one on record. Only {@code LOST} and {@code EXPIRED} are the controller's own word. */
    private static boolean news(HostProgress host, RunState next) {
        return switch (host.state()) {
            case SUCCEEDED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, DEFERRED, CANCELLED -> false;
            case LOST -> rank(next) > rank(RunState.OFFERED);
            case EXPIRED ->
                rank(next) > rank(RunState.OFFERED)
                        && next != RunState.LOST
                        && !(endedByRollout(host) && (outOfTime(next) || next == RunState.CANCELLED));
            default -> rank(next) >= rank(host.state());
        };
    }

    /** The host was left behind: what a run of an earlier opening says again does not bring it back. */
    private static boolean endedByRollout(HostProgress host) {
        return host.done() && host.state() == RunState.EXPIRED;
    }

    private static boolean done(HostProgress host, RunState next) {
        if (endedByRollout(host)) {
            return true;
        }
        if (Retries.stays(host, next)) {
            return false;
        }
        return switch (next) {
            // A host that was there goes on in the next opening; one that was not has had its chance.
            case EXPIRED -> !host.unready().isEmpty();
            case DEFERRED -> false;
            case CANCELLED -> host.asked() != HostProgress.Asked.WITHDRAW;
            default -> RunStates.ended(next);
        };
    }

    /** A run that speaks after its deadline is alive: it gets more time, or it would be lost again at once. */
    private static Optional<Instant> deadline(HostProgress host, RunState next, Instant now) {
        return RunStates.ended(next)
                ? host.deadline()
                : host.deadline().filter(lost -> lost.isAfter(now)).or(() -> Optional.of(now.plus(LATE_GRACE)));
    }

    private static boolean outOfTime(RunState state) {
        return state == RunState.DEFERRED || state == RunState.EXPIRED;
    }

    private static int rank(RunState state) {
        return switch (state) {
            case RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> 0;
            case OFFERED -> 1;
            case ACCEPTED -> 2;
            case PREFLIGHT -> 3;
            case RUNNING -> 4;
            case VERIFYING -> 5;
            case ROLLING_BACK -> 6;
            case SUCCEEDED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, EXPIRED, DEFERRED, CANCELLED, LOST -> 7;
        };
    }

    /** {@code rolled back: health check failed}. */
    static String words(RunState state, String reason) {
        String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return reason.isEmpty() ? word : word + ": " + reason;
    }
}
