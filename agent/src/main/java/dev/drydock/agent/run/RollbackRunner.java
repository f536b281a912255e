package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.StepContext;
import dev.drydock.proto.agent.v1.StepState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Carries out the way back of one step. It is given its whole time, also after the window has closed: a host is never left
 * half-patched to keep to the hour.
 */
final class RollbackRunner {
    private static final Duration PAUSE = Action.ROLLBACK_PAUSE;

    /** Lines of at most 1,000 characters, so that they fit into the journal. */
    private static final int MAX_EVIDENCE = 100;

    private final RunContext run;
    private final CheckRunner checks;

    RollbackRunner(RunContext run, CheckRunner checks) {
        this.run = run;
        this.checks = checks;
    }

    /** Called again for the same step when the agent died in it: a rollback is idempotent. */
    void rollBack(int index) throws IOException, InterruptedException {
        Position at = Position.step(index);
        if (run.snapshot().step(index).state() != StepState.STEP_ROLLING_BACK) {
            run.log().step(run.event(at, StepState.STEP_ROLLING_BACK));
        }
        RunContext.Span span = run.span();
        switch (attempt(index)) {
            case Attempt.Done<List<String>> done ->
                run.log()
                        .step(span.end(run.event(at, StepState.STEP_ROLLED_BACK)
                                .addAllEvidence(done.value().stream()
                                        .limit(MAX_EVIDENCE)
                                        .map(Text::line)
                                        .toList())));
            case Attempt.Failed<List<String>> failure ->
                run.log().step(span.failed(run.event(at, StepState.STEP_ROLLBACK_FAILED), failure));
        }
    }

    /** What may succeed later (a lock is held, a disk is full) is tried again until the step's time for it is used up. */
    private Attempt<List<String>> attempt(int index) throws IOException, InterruptedException {
        BoundStep step = run.program().steps().get(index);
        StepSnapshot now = run.snapshot().step(index);
        Struct state = now.touched() ? now.undo() : now.before();
        Instant end = run.now().plus(step.rollbackTimeout());
        while (true) {
            Duration left = Duration.between(run.now(), end);
            Attempt<List<String>> attempt = Attempt.of(() -> {
                StepContext context = run.of(index, left);
                if (now.touched()) {
                    step.action().rollback(context, state);
                } else {
                    step.action().revive(context, state);
                }
                return step.action().verifyRollback(context, state);
            });
            boolean again = attempt instanceof Attempt.Failed<List<String>> failure
                    && failure.retryable()
                    && run.now().plus(PAUSE).isBefore(end);
            if (!again) {
                return attempt;
            }
            run.output()
                    .line("drydock: the rollback is tried again in " + PAUSE.toSeconds() + " s: " + reason(attempt));
            checks.awaitUntil(run.now().plus(PAUSE), false);
        }
    }

    private static String reason(Attempt<List<String>> attempt) {
        return attempt instanceof Attempt.Failed<List<String>> failure ? failure.reason() : "";
    }
}
