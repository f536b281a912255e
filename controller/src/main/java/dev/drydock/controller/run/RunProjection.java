package dev.drydock.controller.run;

import dev.drydock.controller.run.Reboot.Phase;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Instant;
import java.util.Optional;

/** How a run's row follows from its events. Pure. */
public final class RunProjection {
    private RunProjection() {}

    /**
     * The run after this event. What the agent says wins over what the controller concluded without it ({@code LOST},
     * {@code EXPIRED}).
     *
     * @throws RunEventGapException when the event is not the next one
     */
    public static Run apply(Run run, RunEvent event) {
        if (event.getSequence() != run.lastSequence() + 1) {
            throw new RunEventGapException(run.id(), run.lastSequence(), event.getSequence());
        }
        Instant at =
                Instant.ofEpochSecond(event.getAt().getSeconds(), event.getAt().getNanos());
        Run moved =
                switch (event.getEventCase()) {
                    case ACCEPTED -> moved(run, RunState.ACCEPTED, "", at);
                    case RUN ->
                        moved(run, event.getRun().getTo(), event.getRun().getReason(), at);
                    case RESULT ->
                        moved(
                                run,
                                event.getResult().getOutcome(),
                                event.getResult().getReason(),
                                at);
                    case STEP -> with(run, reboot(run, event.getStep()));
                    case RESUMED, CANCEL, EVENT_NOT_SET -> run;
                };
        return withSequence(moved, event.getSequence());
    }

    /** The run as the controller ends it by itself. */
    public static Run conclude(Run run, RunState state, String reason, Instant at) {
        return moved(run, state, reason, at);
    }

    private static Run moved(Run run, RunState state, String reason, Instant at) {
        Optional<Instant> started = run.startedAt().isPresent() || !starts(state) ? run.startedAt() : Optional.of(at);
        Optional<Instant> ended = RunStates.ended(state) ? Optional.of(at) : Optional.empty();
        boolean again = state == run.state() && RunStates.ended(state);
        return new Run(
                run.id(),
                run.rolloutId(),
                run.hostId(),
                run.playbookName(),
                run.playbookVersion(),
                run.playbookDigest(),
                run.params(),
                run.windowName(),
                run.windowOpens(),
                run.windowCloses(),
                run.startBefore(),
                run.deadline(),
                state,
                again && reason.isEmpty() ? run.reason() : reason,
                run.offeredAt(),
                started,
                again ? run.endedAt() : ended,
                run.lastSequence(),
                run.outputSize(),
                RunStates.ended(state) ? Optional.empty() : run.reboot());
    }

    /** The run whose agent has leave for the reboot that it waits for; as it is, where it waits for none. */
    public static Run allowReboot(Run run, int step) {
        Reboot awaited = new Reboot(step, Phase.AWAITED);
        return run.reboot().equals(Optional.of(awaited))
                ? with(run, Optional.of(new Reboot(step, Phase.ALLOWED)))
                : run;
    }

    private static Optional<Reboot> reboot(Run run, StepTransition step) {
        if (step.getPhase() != StepTransition.Phase.PHASE_STEPS) {
            return run.reboot();
        }
        return switch (step.getState()) {
            case STEP_AWAITING_REBOOT -> Optional.of(new Reboot(step.getIndex(), Phase.AWAITED));
            case STEP_REBOOTING -> Optional.of(new Reboot(step.getIndex(), Phase.UNDER_WAY));
            // Booted anew, and to be proven.
            case APPLIED, STEP_VERIFYING -> run.reboot();
            default -> run.reboot().filter(reboot -> reboot.step() != step.getIndex());
        };
    }

    private static boolean starts(RunState state) {
        return switch (state) {
            case PREFLIGHT, RUNNING, VERIFYING, ROLLING_BACK -> true;
            default -> false;
        };
    }

    private static Run withSequence(Run run, long sequence) {
        return with(run, sequence, run.reboot());
    }

    private static Run with(Run run, Optional<Reboot> reboot) {
        return with(run, run.lastSequence(), reboot);
    }

    private static Run with(Run run, long sequence, Optional<Reboot> reboot) {
        return new Run(
                run.id(),
                run.rolloutId(),
                run.hostId(),
                run.playbookName(),
                run.playbookVersion(),
                run.playbookDigest(),
                run.params(),
                run.windowName(),
                run.windowOpens(),
                run.windowCloses(),
                run.startBefore(),
                run.deadline(),
                run.state(),
                run.reason(),
                run.offeredAt(),
                run.startedAt(),
                run.endedAt(),
                sequence,
                run.outputSize(),
                reboot);
    }
}
