package dev.drydock.agent.run;

import dev.drydock.agent.run.Decision.Finish;
import dev.drydock.agent.run.Decision.Move;
import dev.drydock.agent.run.Decision.WaitUntil;
import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.CancelRun.Mode;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Decides what a run does next, from where it stands, its playbook and the time. Pure: it can be asked again and again. */
final class Planner {
    private final Program program;
    private final Budget budget;

    Planner(Program program, Budget budget) {
        this.program = program;
        this.budget = budget;
    }

    /** @param run not ended */
    Decision next(RunSnapshot run, Instant now) {
        return switch (run.state()) {
            case ACCEPTED -> beforeStart(run, Instants.of(run.offer().getStartBefore()), now);
            case PREFLIGHT -> preflight(run);
            case RUNNING -> running(run, now);
            case VERIFYING -> verifying(run, now);
            case ROLLING_BACK -> rollingBack(run);
            default -> throw new IllegalStateException("nothing follows " + run.state());
        };
    }

    /** @param startBefore the last instant to start */
    static Decision beforeStart(RunSnapshot run, Instant startBefore, Instant now) {
        if (run.cancel().isPresent()) {
            return new Finish(RunTrigger.CANCEL, "cancelled before the start: " + cancelReason(run));
        }
        if (now.isAfter(startBefore)) {
            return new Finish(
                    RunTrigger.TOO_LATE,
                    "the run could not start before " + startBefore + ", the last instant allowed");
        }
        Instant opens = Instants.of(run.offer().getWindowOpens());
        return now.isBefore(opens) ? new WaitUntil(opens) : new Move(RunTrigger.START, "");
    }

    private Decision preflight(RunSnapshot run) {
        if (run.cancel().isPresent()) {
            return new Finish(RunTrigger.CANCEL, "cancelled before any change: " + cancelReason(run));
        }
        Optional<String> failure = failure(run);
        if (failure.isPresent()) {
            return new Finish(RunTrigger.PREFLIGHT_FAILED, failure.get());
        }
        for (int i = 0; i < program.preflight().size(); i++) {
            if (!run.at(Position.preflight(i)).done()) {
                return new Decision.CheckPreflight(i);
            }
        }
        for (int i = 0; i < program.steps().size(); i++) {
            StepSnapshot step = run.step(i);
            BoundStep bound = program.steps().get(i);
            if (!step.surveyed()) {
                return new Decision.SurveyStep(i);
            }
            if (!step.irreversible().isEmpty() && !bound.irreversible()) {
                return new Finish(RunTrigger.NO_WAY_BACK, Steps.noWayBack(i, bound, step.irreversible()));
            }
        }
        for (int i = 0; i < program.verify().size(); i++) {
            if (!run.at(Position.verify(i)).surveyed()) {
                return new Decision.SurveyCheck(i);
            }
        }
        return new Move(RunTrigger.PREFLIGHT_HELD, "");
    }

    private Decision running(RunSnapshot run, Instant now) {
        // A host that goes down cannot be told to go back first.
        if (run.cancelled(Mode.MODE_ROLL_BACK) && !run.rebooting()) {
            return run.touched()
                    ? new Move(RunTrigger.ROLL_BACK, "cancelled: " + cancelReason(run))
                    : new Finish(RunTrigger.CANCEL, "cancelled before any change: " + cancelReason(run));
        }
        Optional<String> failure = failure(run);
        if (failure.isPresent()) {
            return run.touched()
                    ? new Move(RunTrigger.STEP_FAILED, failure.get())
                    : new Finish(RunTrigger.NO_WAY_BACK, failure.get());
        }
        for (int i = 0; i < program.steps().size(); i++) {
            if (!run.step(i).done()) {
                return forward(run, i, now);
            }
        }
        return run.touched()
                ? new Move(RunTrigger.STEPS_DONE, "")
                : new Finish(RunTrigger.NOTHING_TO_DO, "nothing to do: no step had anything to change");
    }

    private Decision forward(RunSnapshot run, int index, Instant now) {
        StepSnapshot step = run.step(index);
        return switch (step.state()) {
            case PENDING ->
                run.touched() && now.isAfter(budget.turningPoint(run))
                        ? outOfTime(run, index, now)
                        : new Decision.PlanStep(index);
            case PREPARING ->
                budget.fits(run, index, now) ? new Decision.PrepareStep(index) : outOfTime(run, index, now);
            case PREPARED -> budget.fits(run, index, now) ? change(run, index) : outOfTime(run, index, now);
            case STEP_AWAITING_REBOOT ->
                budget.fits(run, index, now)
                        ? new Decision.AwaitLeave(index, budget.latestStart(run, index))
                        : noLeave(run, index, now);
            case STEP_REBOOTING -> new Decision.RebootStep(index);
            case APPLYING -> new Decision.VerifyStep(index, true);
            case APPLIED, STEP_VERIFYING -> new Decision.VerifyStep(index, step.cutOff());
            default -> throw new IllegalStateException("a running step cannot be " + step.state());
        };
    }

    private Decision change(RunSnapshot run, int index) {
        if (!program.steps().get(index).action().reboots()) {
            return new Decision.ApplyStep(index);
        }
        return run.offer().getRebootsByLeave() ? new Decision.RequestLeave(index) : new Decision.RebootStep(index);
    }

    private Decision noLeave(RunSnapshot run, int index, Instant now) {
        return outOfTime(
                run,
                "step " + (index + 1) + " (" + program.steps().get(index).name()
                        + ") had no leave to reboot the host, and is too late for it at " + now);
    }

    private Decision outOfTime(RunSnapshot run, int index, Instant now) {
        return outOfTime(
                run,
                "step " + (index + 1) + " (" + program.steps().get(index).name()
                        + ") and the way back of all changes do not fit between " + now + " and " + budget.closes(run));
    }

    private Decision outOfTime(RunSnapshot run, String reason) {
        if (!run.touched()) {
            return new Finish(RunTrigger.OUT_OF_TIME, reason);
        }
        return program.playbook().onWindowEnd() == OnWindowEnd.DEFER
                ? new Move(RunTrigger.DEFER, reason)
                : new Move(RunTrigger.WINDOW_ENDS, reason);
    }

    private Decision verifying(RunSnapshot run, Instant now) {
        if (run.cancelled(Mode.MODE_ROLL_BACK)) {
            return new Move(RunTrigger.ROLL_BACK, "cancelled: " + cancelReason(run));
        }
        Optional<String> failure = failure(run);
        if (failure.isPresent()) {
            return new Move(RunTrigger.CHECK_FAILED, failure.get());
        }
        for (int i = 0; i < program.verify().size(); i++) {
            if (run.at(Position.verify(i)).state() == StepState.PENDING) {
                return new Decision.CheckFinal(i);
            }
        }
        for (int i = 0; i < program.verify().size(); i++) {
            StepSnapshot check = run.at(Position.verify(i));
            if (check.state() == StepState.STEP_VERIFYING) {
                return soaking(run, i, check.at().plus(program.verify().get(i).soak()), now);
            }
        }
        for (int i = 0; i < program.steps().size(); i++) {
            if (!run.step(i).done()) {
                return new Finish(RunTrigger.HELD_SO_FAR, run.reason());
            }
        }
        return new Finish(RunTrigger.HELD, "");
    }

    private Decision soaking(RunSnapshot run, int check, Instant due, Instant now) {
        if (due.isAfter(budget.turningPoint(run))) {
            return new Move(
                    RunTrigger.WINDOW_ENDS,
                    "the soak of " + Units.text(program.verify().get(check).soak()) + " before "
                            + program.verify().get(check).name() + " is looked at again ends at " + due
                            + ", too late to roll back before " + budget.closes(run));
        }
        return now.isBefore(due) ? new WaitUntil(due) : new Decision.CheckFinal(check);
    }

    /** A rollback that fails does not stop the others: each puts back as much of the old state as it can. */
    private Decision rollingBack(RunSnapshot run) {
        boolean all = program.playbook().onFailure() == OnFailure.ROLLBACK
                || run.cancelled(Mode.MODE_ROLL_BACK)
                || run.inOrder().entrySet().stream()
                        .noneMatch(e -> Steps.isStep(e.getKey()) && e.getValue().failed());
        for (boolean last : new boolean[] {false, true}) {
            for (int i = program.steps().size() - 1; i >= 0; i--) {
                StepSnapshot step = run.step(i);
                boolean due = program.steps().get(i).action().goesBackLast() == last;
                if (due && step.hasWayBack() && !step.back() && (all || step.failed())) {
                    return new Decision.RollBackStep(i);
                }
            }
        }
        for (int i = 0; i < program.verify().size(); i++) {
            if (!run.at(Position.verify(i)).back()) {
                return new Decision.CheckRestored(i);
            }
        }
        Optional<String> notRestored = run.inOrder().entrySet().stream()
                .filter(e -> e.getValue().state() == StepState.STEP_ROLLBACK_FAILED)
                .map(e -> Steps.describe(e.getKey(), e.getValue().name()) + ": "
                        + e.getValue().reason())
                .reduce((a, b) -> a + "; " + b);
        return notRestored
                .map(why -> new Finish(
                        RunTrigger.OLD_STATE_NOT_PROVEN, run.reason() + "; THE OLD STATE IS NOT PROVEN: " + why))
                .orElseGet(() -> new Finish(RunTrigger.OLD_STATE_PROVEN, run.reason() + kept(run, all)));
    }

    private static String kept(RunSnapshot run, boolean all) {
        long kept = run.steps().values().stream()
                .filter(step -> step.touched() && step.state() == StepState.STEP_VERIFIED)
                .count();
        return all || kept == 0 ? "" : "; " + kept + " verified steps before it stay (onFailure: stop)";
    }

    private static Optional<String> failure(RunSnapshot run) {
        for (Map.Entry<Position, StepSnapshot> entry : run.inOrder().entrySet()) {
            StepSnapshot step = entry.getValue();
            if (step.state() == StepState.FAILED) {
                return Optional.of(Steps.describe(entry.getKey(), step.name()) + ": " + step.reason());
            }
        }
        return Optional.empty();
    }

    private static String cancelReason(RunSnapshot run) {
        return run.cancel()
                .map(cancel -> cancel.getReason().isEmpty() ? "no reason given" : cancel.getReason())
                .orElse("");
    }
}
