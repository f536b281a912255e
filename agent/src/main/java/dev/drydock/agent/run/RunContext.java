package dev.drydock.agent.run;

import dev.drydock.agent.action.StepContext;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the parts that carry out a run have in common.
 *
 * @param fetched what was fetched ahead for this playbook, a directory for each step; need not exist
 * @param bootId of this boot of the host
 */
record RunContext(
        Program program,
        Budget budget,
        RunLog log,
        RunClock clock,
        Cancels cancels,
        RunOutput output,
        WorkDirs dirs,
        Path fetched,
        String bootId) {
    Instant now() {
        return clock.now();
    }

    RunSnapshot snapshot() {
        return log.snapshot();
    }

    StepContext of(BoundCheck check, Duration timeLeft) throws IOException {
        return new StepContext(check.args(), output, dirs.ofChecks(), clock.countdown(timeLeft));
    }

    StepContext of(int step, Duration timeLeft) throws IOException {
        return new StepContext(
                program.steps().get(step).args(),
                output,
                dirs.ofStep(step),
                clock.countdown(timeLeft),
                Optional.of(fetched.resolve(Integer.toString(step))));
    }

    StepTransition.Builder event(Position position, StepState state) {
        int index = position.index();
        StepTransition.Builder event = StepTransition.newBuilder()
                .setPhase(position.phase())
                .setIndex(index)
                .setState(state);
        return switch (position.phase()) {
            case PHASE_STEPS ->
                event.setName(program.steps().get(index).name())
                        .setAction(program.steps().get(index).action().name());
            case PHASE_PREFLIGHT -> named(event, program.preflight().get(index));
            case PHASE_VERIFY -> named(event, program.verify().get(index));
            case PHASE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no such phase");
        };
    }

    private static StepTransition.Builder named(StepTransition.Builder event, BoundCheck check) {
        return event.setName(check.name()).setAction(check.check().name());
    }

    /** Measures a piece of work: how long it took and where its output is. */
    Span span() {
        return new Span(now(), output.size());
    }

    /** The work from its start up to the event that ends it. */
    final class Span {
        private final Instant start;
        private final long outputFrom;

        private Span(Instant start, long outputFrom) {
            this.start = start;
            this.outputFrom = outputFrom;
        }

        StepTransition.Builder end(StepTransition.Builder event) {
            output.sync();
            return event.setTook(Instants.of(Duration.between(start, now())))
                    .setOutputFrom(outputFrom)
                    .setOutputTo(output.size());
        }

        StepTransition.Builder failed(StepTransition.Builder event, Attempt.Failed<?> failure) {
            event.setReason(failure.reason()).setTail(failure.tail());
            failure.exitCode().ifPresent(event::setExitCode);
            return end(event);
        }
    }
}
