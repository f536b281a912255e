package dev.drydock.agent.run;

import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.StepContext;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.Fetched;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.StepPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Downloads what a playbook would need on this host, step by step, before there is a run of it. A step that cannot be planned or
 * fetched says why and stops no other: its run fetches as ever. Gives way to runs.
 */
final class FetchReporter {
    private static final String GAVE_WAY = "a run is under way on this host, which fetches for itself";

    private final Admission admission;
    private final TimeSource time;
    private final Path scratch;
    private final FetchedDirectory fetched;
    private final Turns turns;

    FetchReporter(Admission admission, TimeSource time, Path scratch, FetchedDirectory fetched, Turns turns) {
        this.admission = admission;
        this.time = time;
        this.scratch = scratch;
        this.fetched = fetched;
        this.turns = turns;
    }

    /** Blocks for the downloads. A run that begins interrupts them. */
    PlanReport fetch(PlanRequest request, byte[] envelope) throws InterruptedException {
        if (!turns.beginFetch()) {
            return PlanReporter.refused(request, GAVE_WAY);
        }
        try {
            return switch (admission.judgePlan(request.getPlaybookDigest(), request.getParamsMap(), envelope)) {
                case Verdict.Refused refused ->
                    PlanReporter.refused(request, refused.code().word() + ": " + refused.reason());
                case Verdict.Admitted admitted -> fetch(request, admitted.program());
            };
        } catch (InterruptedException e) {
            if (turns.endFetch()) {
                return PlanReporter.refused(request, GAVE_WAY);
            }
            throw e;
        } finally {
            boolean unused = turns.endFetch();
        }
    }

    private PlanReport fetch(PlanRequest request, Program program) throws InterruptedException {
        PlanReport.Builder report = PlanReport.newBuilder().setRequestId(request.getRequestId());
        RunClock clock = RunClock.startingAt(time.wall(), time);
        try {
            fetched.begin(request.getPlaybookDigest());
        } catch (IOException e) {
            return PlanReporter.refused(request, "nothing can be fetched ahead: " + e);
        }
        for (int i = 0; i < program.steps().size(); i++) {
            BoundStep step = program.steps().get(i);
            Path into = fetched.of(request.getPlaybookDigest(), i);
            StepPlan.Builder answer = PlanReporter.answer(i, step);
            Attempt<Fetched> attempt = PlanReporter.attempt(() -> PlanReporter.inScratch(scratch, workDir -> {
                DurableFiles.createPrivateDirectory(into);
                StepContext context = new StepContext(
                        step.args(),
                        (bytes, offset, length) -> {},
                        workDir,
                        clock.countdown(step.timeout()),
                        Optional.of(into));
                return fetch(program, step, context, answer);
            }));
            switch (attempt) {
                case Attempt.Done<Fetched>(Fetched done) -> answer.setFetched(done);
                case Attempt.Failed<Fetched> failed ->
                    answer.setFetched(Fetched.newBuilder().setReason(failed.reason()));
            }
            report.addSteps(answer);
        }
        return report.build();
    }

    private static Fetched fetch(Program program, BoundStep step, StepContext context, StepPlan.Builder answer)
            throws ActionException, IOException, InterruptedException {
        Plan plan = PlanReporter.plan(program, step, context);
        answer.addAllChanges(plan.changes()).setIrreversible(Text.line(plan.irreversible()));
        return plan.nothingToDo() ? Fetched.getDefaultInstance() : step.action().fetch(context, plan);
    }
}
