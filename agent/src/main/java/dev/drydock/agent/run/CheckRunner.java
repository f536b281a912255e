package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.action.StepContext;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Carries out the checks of a run. Used by the run's thread alone. */
final class CheckRunner {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final RunContext run;

    CheckRunner(RunContext run) {
        this.run = run;
    }

    /** Grace is given only where the playbook says so: nothing was changed that could need time to settle. */
    void preflight(int index) throws IOException, InterruptedException {
        BoundCheck check = run.program().preflight().get(index);
        Position at = Position.preflight(index);
        RunContext.Span span = run.span();
        Instant until = run.now().plus(check.writtenGrace().orElse(Duration.ZERO));
        Attempt<Optional<Finding>> attempt = Attempt.of(() -> untilItHolds(check, Optional.empty(), until, false));
        conclude(at, attempt, span, StepState.STEP_VERIFIED, StepState.FAILED);
    }

    void baseline(int index) throws IOException, InterruptedException {
        Position at = Position.verify(index);
        RunContext.Span span = run.span();
        Attempt<Struct> attempt =
                Attempt.of(() -> observe(run.program().verify().get(index)));
        switch (attempt) {
            case Attempt.Done<Struct>(Struct seen) ->
                run.log().step(span.end(run.event(at, StepState.PENDING).addBaseline(seen)));
            case Attempt.Failed<Struct> failure ->
                run.log().step(span.failed(run.event(at, StepState.FAILED), failure));
        }
    }

    void finalCheck(int index) throws IOException, InterruptedException {
        BoundCheck check = run.program().verify().get(index);
        Position at = Position.verify(index);
        RunContext.Span span = run.span();
        boolean first = run.snapshot().at(at).state() == StepState.PENDING;
        Instant until = run.budget().graceEnds(run.snapshot(), check, run.now(), false);
        Attempt<Optional<Finding>> attempt = Attempt.of(() -> untilItHolds(check, baselineOf(at), until, false));
        boolean soak = first && check.soak().isPositive();
        conclude(at, attempt, span, soak ? StepState.STEP_VERIFYING : StepState.STEP_VERIFIED, StepState.FAILED);
    }

    /** After a rollback: is it as it was? A cancel changes nothing any more. */
    void restored(int index) throws IOException, InterruptedException {
        BoundCheck check = run.program().verify().get(index);
        Position at = Position.verify(index);
        RunContext.Span span = run.span();
        Instant until = run.budget().graceEnds(run.snapshot(), check, run.now(), true);
        Attempt<Optional<Finding>> attempt = Attempt.of(() -> {
            Optional<Struct> before = check.check().aboutThePast()
                    ? Optional.of(check.check().observe(context(check, true)))
                    : baselineOf(at);
            return untilItHolds(check, before, until, true);
        });
        conclude(at, attempt, span, StepState.STEP_ROLLED_BACK, StepState.STEP_ROLLBACK_FAILED);
    }

    private Optional<Struct> baselineOf(Position at) {
        return run.snapshot().at(at).baseline().stream().findFirst();
    }

    private void conclude(
            Position at, Attempt<Optional<Finding>> attempt, RunContext.Span span, StepState held, StepState failed)
            throws IOException {
        switch (attempt) {
            case Attempt.Done<Optional<Finding>> done -> {
                if (done.value().isPresent()) {
                    run.log().step(span.end(judged(at, done.value().get(), held, failed)));
                }
            }
            case Attempt.Failed<Optional<Finding>> failure ->
                run.log().step(span.failed(run.event(at, failed), failure));
        }
    }

    private StepTransition.Builder judged(Position at, Finding finding, StepState held, StepState failed) {
        StepTransition.Builder event =
                run.event(at, finding.holds() ? held : failed).setMeasured(Text.line(finding.measured()));
        if (!finding.holds()) {
            event.setReason(Text.line(finding.reason()));
        } else if (held == StepState.STEP_ROLLED_BACK) {
            event.addEvidence(Text.line("as before the run: " + finding.measured()));
        }
        return event;
    }

    Struct observe(BoundCheck check) throws ActionException, IOException, InterruptedException {
        return check.check().observe(context(check, false));
    }

    private StepContext context(BoundCheck check, boolean wayBack) throws IOException {
        return run.of(check, run.budget().forGlance(run.snapshot(), run.now(), wayBack));
    }

    /**
     * Observes until the check holds or that instant is reached, at least once.
     *
     * @param baseline empty where there is nothing to compare with
     * @param wayBack whether it is too late for a wanted rollback to end the waiting
     * @return empty when a wanted rollback ended it
     */
    Optional<Finding> untilItHolds(BoundCheck check, Optional<Struct> baseline, Instant until, boolean wayBack)
            throws ActionException, IOException, InterruptedException {
        while (true) {
            StepContext context = context(check, wayBack);
            Struct before = baseline.orElse(Struct.getDefaultInstance());
            Struct seen = check.check().observe(context, before);
            Finding finding = check.check().judge(context, before, seen);
            Instant now = run.now();
            if (finding.holds() || !now.isBefore(until)) {
                return Optional.of(finding);
            }
            Instant next = now.plus(POLL);
            if (awaitUntil(next.isBefore(until) ? next : until, !wayBack)) {
                return Optional.empty();
            }
        }
    }

    /** @return whether a wanted rollback ended the waiting */
    boolean awaitUntil(Instant instant, boolean cancellable) throws IOException, InterruptedException {
        while (run.now().isBefore(instant)) {
            run.clock().awaitUntil(instant, run.cancels().inbox());
            run.cancels().record();
            if (cancellable && run.cancels().rollBackWanted()) {
                return true;
            }
        }
        return false;
    }
}
