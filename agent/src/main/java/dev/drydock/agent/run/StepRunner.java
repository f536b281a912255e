package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Applied;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.action.StepContext;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out the way forward of steps: intent into the journal, effect, result into the journal. */
final class StepRunner {
    private final RunContext run;
    private final CheckRunner checks;

    StepRunner(RunContext run, CheckRunner checks) {
        this.run = run;
        this.checks = checks;
    }

    /** Before anything changes: is there something to do, is there a way back, what do the step's checks see? */
    void survey(int index) throws IOException, InterruptedException {
        Position at = Position.step(index);
        RunContext.Span span = run.span();
        Attempt<StepTransition.Builder> attempt = Attempt.of(() -> {
            Optional<Plan> plan = plan(index);
            StepTransition.Builder event = run.event(at, StepState.PENDING);
            plan.ifPresent(p -> event.addAllChanges(p.changes())
                    .setReason(Text.line(p.irreversible()))
                    .setBefore(p.before()));
            for (BoundCheck check : step(index).checks()) {
                event.addBaseline(checks.observe(check));
            }
            return event;
        });
        conclude(at, attempt, span);
    }

    /** Again, since the steps before it may have changed what there is to do. */
    void planAgain(int index) throws IOException, InterruptedException {
        Position at = Position.step(index);
        RunContext.Span span = run.span();
        Attempt<StepTransition.Builder> attempt = Attempt.of(() -> {
            Optional<Plan> plan = plan(index);
            if (plan.isEmpty()) {
                return run.event(at, StepState.SKIPPED).setReason("its condition does not hold");
            }
            if (plan.get().nothingToDo()) {
                return run.event(at, StepState.SKIPPED)
                        .setReason(Text.line(plan.get().idle()));
            }
            String irreversible = plan.get().irreversible();
            if (!irreversible.isEmpty() && !step(index).irreversible()) {
                throw new ActionException(Steps.noWayBack(index, step(index), irreversible));
            }
            return run.event(at, StepState.PREPARING)
                    .addAllChanges(plan.get().changes())
                    .setReason(Text.line(irreversible));
        });
        conclude(at, attempt, span);
    }

    /** Empty when the step's condition does not hold. */
    private Optional<Plan> plan(int index) throws ActionException, IOException, InterruptedException {
        BoundStep step = step(index);
        if (step.when().isPresent()
                && !run.program().expressions().holds(step.when().get())) {
            return Optional.empty();
        }
        StepContext context = run.of(index, run.budget().forLook(run.snapshot(), step.timeout(), run.now()));
        return Optional.of(step.action().plan(context));
    }

    void prepare(int index) throws IOException, InterruptedException {
        Position at = Position.step(index);
        RunContext.Span span = run.span();
        StepSnapshot planned = run.snapshot().step(index);
        Attempt<StepTransition.Builder> attempt = Attempt.of(() -> {
            Path unused = run.dirs().emptyOfStep(index);
            Plan plan = new Plan(planned.changes(), planned.irreversible()).before(planned.before());
            Struct undo = step(index).action().prepare(changing(index), plan);
            StepTransition.Builder event = run.event(at, StepState.PREPARED)
                    .addAllChanges(plan.changes())
                    .setUndo(undo);
            if (RunLog.tooLarge(event)) {
                throw new ActionException(
                        "what its rollback needs is too large for the journal: " + undo.getSerializedSize() + " bytes");
            }
            return event;
        });
        conclude(at, attempt, span);
    }

    void apply(int index) throws IOException, InterruptedException {
        Position at = Position.step(index);
        run.log().step(run.event(at, StepState.APPLYING));
        RunContext.Span span = run.span();
        Attempt<StepTransition.Builder> attempt = Attempt.of(() -> {
            Applied applied = step(index).action().apply(changing(index), undo(index));
            StepTransition.Builder event = run.event(at, StepState.APPLIED).addAllChanges(applied.changes());
            // The change is made; what was planned is on record.
            return RunLog.tooLarge(event) ? event.clearChanges() : event;
        });
        conclude(at, attempt, span);
    }

    void verify(int index, boolean cutOff) throws IOException, InterruptedException {
        Position at = Position.step(index);
        if (run.snapshot().step(index).state() != StepState.STEP_VERIFYING) {
            run.log().step(run.event(at, StepState.STEP_VERIFYING));
        }
        RunContext.Span span = run.span();
        Attempt<Optional<StepTransition.Builder>> attempt = Attempt.of(() -> {
            StepContext context = run.of(
                    index, run.budget().forLook(run.snapshot(), step(index).timeout(), run.now()));
            step(index).action().verify(context, undo(index), cutOff);
            return ownChecks(index)
                    .map(measured -> run.event(at, StepState.STEP_VERIFIED).setMeasured(measured));
        });
        switch (attempt) {
            case Attempt.Done<Optional<StepTransition.Builder>> done -> {
                if (done.value().isPresent()) {
                    run.log().step(span.end(done.value().get()));
                }
            }
            case Attempt.Failed<Optional<StepTransition.Builder>> failure ->
                run.log().step(span.failed(run.event(at, StepState.FAILED), failure));
        }
    }

    /**
     * The step's own checks must hold within their grace, and again after their soaks.
     *
     * @return what they measured; empty when a wanted rollback ended the waiting
     */
    private Optional<String> ownChecks(int index) throws ActionException, IOException, InterruptedException {
        List<BoundCheck> own = step(index).checks();
        List<Instant> heldAt = new ArrayList<>();
        List<String> measured = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Optional<Finding> finding = hold(index, i);
            if (finding.isEmpty()) {
                return Optional.empty();
            }
            heldAt.add(run.now());
            measured.add(own.get(i).name() + ": " + finding.get().measured());
        }
        for (int i = 0; i < own.size(); i++) {
            Duration soak = own.get(i).soak();
            if (soak.isPositive()) {
                Instant due = heldAt.get(i).plus(soak);
                if (due.isAfter(run.budget().turningPoint(run.snapshot()))) {
                    throw new ActionException(
                            own.get(i).name() + ": its soak of " + Units.text(soak) + " ends at " + due
                                    + ", too late to roll back before "
                                    + run.budget().closes(run.snapshot()));
                }
                boolean cancelled = checks.awaitUntil(due, true);
                Optional<Finding> finding = cancelled ? Optional.empty() : hold(index, i);
                if (finding.isEmpty()) {
                    return Optional.empty();
                }
                measured.add(own.get(i).name() + " again: " + finding.get().measured());
            }
        }
        return Optional.of(Text.line(String.join("; ", measured)));
    }

    private Optional<Finding> hold(int index, int own) throws ActionException, IOException, InterruptedException {
        BoundCheck check = step(index).checks().get(own);
        Optional<Struct> baseline =
                run.snapshot().step(index).baseline().stream().skip(own).findFirst();
        Instant until = run.budget().graceEnds(run.snapshot(), check, run.now(), false);
        Optional<Finding> finding = checks.untilItHolds(check, baseline, until, false);
        if (finding.isPresent() && !finding.get().holds()) {
            throw new ActionException(
                    check.name() + ": " + finding.get().reason() + " ("
                            + finding.get().measured() + ")",
                    false,
                    OptionalInt.empty(),
                    "",
                    null);
        }
        return finding;
    }

    private void conclude(Position at, Attempt<StepTransition.Builder> attempt, RunContext.Span span)
            throws IOException {
        switch (attempt) {
            case Attempt.Done<StepTransition.Builder>(StepTransition.Builder event) -> {
                if (RunLog.tooLarge(event)) {
                    run.log()
                            .step(span.end(run.event(at, StepState.FAILED)
                                    .setReason("its plan is too large for the journal: " + event.getChangesCount()
                                            + " changes; write more steps that do less each")));
                } else {
                    run.log().step(span.end(event));
                }
            }
            case Attempt.Failed<StepTransition.Builder> failure ->
                run.log().step(span.failed(run.event(at, StepState.FAILED), failure));
        }
    }

    private StepContext changing(int index) throws IOException {
        return run.of(index, run.budget().forChange(run.snapshot(), index, run.now()));
    }

    private BoundStep step(int index) {
        return run.program().steps().get(index);
    }

    private Struct undo(int index) {
        return run.snapshot().step(index).undo();
    }
}
