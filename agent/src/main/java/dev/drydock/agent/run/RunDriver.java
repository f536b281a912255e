package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.io.IOException;
import java.time.Duration;

/**
 * Carries a run to its end: asks the planner, does what it says, asks again. It holds no state of its own, so that it goes on
 * from a journal in the same way as it starts.
 */
final class RunDriver {
    private final RunContext run;
    private final Planner planner;
    private final CheckRunner checks;
    private final StepRunner steps;
    private final RebootRunner reboots;
    private final RollbackRunner rollbacks;

    RunDriver(RunContext run) {
        this.run = run;
        this.planner = new Planner(run.program(), run.budget());
        this.checks = new CheckRunner(run);
        this.steps = new StepRunner(run, checks);
        this.reboots = new RebootRunner(run, checks);
        this.rollbacks = new RollbackRunner(run, checks);
    }

    /**
     * Returns when the run has ended.
     *
     * @throws InterruptedException the agent stops; the journal carries the run on
     * @throws IOException the journal cannot be written; likewise
     */
    void run() throws IOException, InterruptedException {
        while (!run.snapshot().ended()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the agent stops");
            }
            run.cancels().record();
            carryOut(planner.next(run.snapshot(), run.now()));
        }
    }

    private void carryOut(Decision decision) throws IOException, InterruptedException {
        switch (decision) {
            case Decision.WaitUntil(var instant) ->
                run.clock().awaitUntil(instant, run.cancels().inbox());
            case Decision.Move(var trigger, var reason) ->
                run.log().move(RunMachine.target(run.snapshot().state(), trigger), reason);
            case Decision.Finish(var trigger, var reason) ->
                finish(RunMachine.target(run.snapshot().state(), trigger), reason);
            case Decision.CheckPreflight(int check) -> checks.preflight(check);
            case Decision.SurveyStep(int step) -> steps.survey(step);
            case Decision.SurveyCheck(int check) -> checks.baseline(check);
            case Decision.PlanStep(int step) -> steps.planAgain(step);
            case Decision.PrepareStep(int step) -> steps.prepare(step);
            case Decision.ApplyStep(int step) -> steps.apply(step);
            case Decision.RequestLeave(int step) -> reboots.requestLeave(step);
            case Decision.AwaitLeave(int step, var latest) -> reboots.awaitLeave(step, latest);
            case Decision.RebootStep(int step) -> reboots.reboot(step);
            case Decision.VerifyStep(int step, boolean cutOff) -> steps.verify(step, cutOff);
            case Decision.CheckFinal(int check) -> checks.finalCheck(check);
            case Decision.RollBackStep(int step) -> rollbacks.rollBack(step);
            case Decision.CheckRestored(int check) -> checks.restored(check);
        }
    }

    private void finish(RunState outcome, String reason) throws IOException {
        RunSnapshot now = run.snapshot();
        RunResult.Builder result = RunResult.newBuilder().setOutcome(outcome).setReason(Text.line(reason));
        now.started().ifPresent(started -> result.setTook(Instants.of(Duration.between(started, run.now()))));
        now.inOrder().forEach((position, step) -> {
            if (Steps.isStep(position) && step.touched() && step.state() != StepState.STEP_ROLLED_BACK) {
                result.addAllChanges(step.changes());
            }
            step.evidence()
                    .forEach(line -> result.addRollbackEvidence(Steps.describe(position, step.name()) + ": " + line));
        });
        if (result.build().getSerializedSize() > RunLog.MAX_ENTRY) {
            // Each step's own event has them.
            result.clearChanges().clearRollbackEvidence();
        }
        run.log().append(RunEvent.newBuilder().setResult(result));
    }
}
