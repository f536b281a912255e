package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state of a run is the fold of its events; an event that may not follow is refused. Pure. */
final class RunFold {
    private RunFold() {}

    static RunSnapshot of(List<RunEvent> events) {
        RunSnapshot run = RunSnapshot.NONE;
        for (RunEvent event : events) {
            run = apply(run, event);
        }
        return run;
    }

    /** @throws IllegalEventException when the event cannot follow */
    static RunSnapshot apply(RunSnapshot run, RunEvent event) {
        if (event.getSequence() != run.sequence() + 1) {
            throw new IllegalEventException(
                    "event " + event.getSequence() + " cannot follow event " + run.sequence() + " of the run");
        }
        if (run.ended()) {
            throw new IllegalEventException("event " + event.getSequence() + " (" + event.getEventCase()
                    + ") follows the run's end, " + run.state());
        }
        RunSnapshot next =
                switch (event.getEventCase()) {
                    case ACCEPTED -> accept(run, event.getAccepted());
                    case RUN -> move(run, event.getRun(), Instants.of(event.getAt()));
                    case STEP -> step(run, event.getStep(), Instants.of(event.getAt()));
                    case RESULT -> end(run, event.getResult());
                    case RESUMED -> resume(run);
                    case CANCEL -> cancel(run, event.getCancel());
                    case EVENT_NOT_SET ->
                        throw new IllegalEventException(
                                "event " + event.getSequence() + " is of a kind that this agent does not know");
                };
        return with(next, event.getSequence(), Instants.of(event.getAt()));
    }

    private static RunSnapshot accept(RunSnapshot run, Accepted accepted) {
        require(run, RunState.ACCEPTED);
        return new RunSnapshot(
                RunState.ACCEPTED,
                accepted,
                run.sequence(),
                run.at(),
                run.started(),
                "",
                run.steps(),
                run.cancel(),
                run.result());
    }

    private static RunSnapshot move(RunSnapshot run, RunTransition move, Instant at) {
        if (move.getFrom() != run.state()) {
            throw new IllegalEventException("transition from " + move.getFrom() + " while the run is " + run.state());
        }
        require(run, move.getTo());
        if (RunMachine.ended(move.getTo())) {
            throw new IllegalEventException("a run ends by its result, not by a transition to " + move.getTo());
        }
        Optional<Instant> started = move.getTo() == RunState.PREFLIGHT ? Optional.of(at) : run.started();
        return new RunSnapshot(
                move.getTo(),
                run.accepted(),
                run.sequence(),
                run.at(),
                started,
                move.getReason(),
                run.steps(),
                run.cancel(),
                run.result());
    }

    private static RunSnapshot step(RunSnapshot run, StepTransition event, Instant at) {
        Position position = new Position(event.getPhase(), event.getIndex());
        StepSnapshot next = StepFold.apply(run.state(), run.at(position), event, at);
        Map<Position, StepSnapshot> steps = new HashMap<>(run.steps());
        steps.put(position, next);
        return withSteps(run, steps);
    }

    private static RunSnapshot end(RunSnapshot run, RunResult result) {
        require(run, result.getOutcome());
        if (!RunMachine.ended(result.getOutcome())) {
            throw new IllegalEventException("a result cannot have the outcome " + result.getOutcome());
        }
        return new RunSnapshot(
                result.getOutcome(),
                run.accepted(),
                run.sequence(),
                run.at(),
                run.started(),
                result.getReason(),
                run.steps(),
                run.cancel(),
                Optional.of(result));
    }

    /** In preflight nothing has changed yet, and what was seen before the interruption is stale: look again. */
    private static RunSnapshot resume(RunSnapshot run) {
        requireAccepted(run);
        return run.state() == RunState.PREFLIGHT ? withSteps(run, Map.of()) : run;
    }

    private static RunSnapshot cancel(RunSnapshot run, CancelRun cancel) {
        requireAccepted(run);
        CancelRun strongest =
                run.cancelled(CancelRun.Mode.MODE_ROLL_BACK) ? run.cancel().orElseThrow() : cancel;
        return new RunSnapshot(
                run.state(),
                run.accepted(),
                run.sequence(),
                run.at(),
                run.started(),
                run.reason(),
                run.steps(),
                Optional.of(strongest),
                run.result());
    }

    private static void requireAccepted(RunSnapshot run) {
        if (run.state() == RunState.OFFERED) {
            throw new IllegalEventException("the first event of a run is that it was accepted");
        }
    }

    private static void require(RunSnapshot run, RunState to) {
        if (!RunMachine.TABLE.allows(run.state(), to)) {
            throw new IllegalEventException("a run does not go from " + run.state() + " to " + to);
        }
    }

    private static RunSnapshot withSteps(RunSnapshot run, Map<Position, StepSnapshot> steps) {
        return new RunSnapshot(
                run.state(),
                run.accepted(),
                run.sequence(),
                run.at(),
                run.started(),
                run.reason(),
                steps,
                run.cancel(),
                run.result());
    }

    private static RunSnapshot with(RunSnapshot run, long sequence, Instant at) {
        return new RunSnapshot(
                run.state(),
                run.accepted(),
                sequence,
                at,
                run.started(),
                run.reason(),
                run.steps(),
                run.cancel(),
                run.result());
    }
}
