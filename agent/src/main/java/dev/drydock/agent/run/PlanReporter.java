package dev.drydock.agent.run;

import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.StepContext;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.StepPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what a playbook would change on this host. Changes nothing. Safe for use by several threads. */
final class PlanReporter {
    private static final Logger LOG = LoggerFactory.getLogger(PlanReporter.class);

    private final Admission admission;
    private final TimeSource time;
    private final Path scratch;

    /** @param scratch where a directory for each plan is made and removed again */
    PlanReporter(Admission admission, TimeSource time, Path scratch) {
        this.admission = admission;
        this.time = time;
        this.scratch = scratch;
    }

    PlanReport plan(PlanRequest request, byte[] envelope) throws InterruptedException {
        return switch (admission.judgePlan(request.getPlaybookDigest(), request.getParamsMap(), envelope)) {
            case Verdict.Refused refused -> refused(request, refused.code().word() + ": " + refused.reason());
            case Verdict.Admitted admitted -> plan(request, admitted.program());
        };
    }

    private PlanReport plan(PlanRequest request, Program program) throws InterruptedException {
        PlanReport.Builder report = PlanReport.newBuilder().setRequestId(request.getRequestId());
        RunClock clock = RunClock.startingAt(time.wall(), time);
        for (int i = 0; i < program.steps().size(); i++) {
            BoundStep step = program.steps().get(i);
            Attempt<Plan> attempt = attempt(() -> inScratch(
                    scratch,
                    workDir -> plan(
                            program,
                            step,
                            new StepContext(
                                    step.args(),
                                    (bytes, offset, length) -> {},
                                    workDir,
                                    clock.countdown(step.timeout())))));
            switch (attempt) {
                case Attempt.Done<Plan>(Plan plan) ->
                    report.addSteps(answer(i, step)
                            .addAllChanges(plan.changes())
                            .setIrreversible(Text.line(plan.irreversible())));
                case Attempt.Failed<Plan> failed -> {
                    return refused(request, Steps.describe(Position.step(i), step.name()) + ": " + failed.reason());
                }
            }
        }
        return report.build();
    }

    /** Of a call that has nothing to do with a run, so that there is no journal which could fail. */
    static <T> Attempt<T> attempt(Attempt.Call<T> call) throws InterruptedException {
        try {
            return Attempt.of(call);
        } catch (JournalWriteException e) {
            throw new IllegalStateException("a plan has no journal", e);
        }
    }

    static StepPlan.Builder answer(int index, BoundStep step) {
        return StepPlan.newBuilder()
                .setIndex(index)
                .setName(step.name())
                .setAction(step.action().name())
                .setBudget(Instants.of(step.timeout()));
    }

    static Plan plan(Program program, BoundStep step, StepContext context)
            throws ActionException, InterruptedException {
        return step.when().isPresent()
                        && !program.expressions().holds(step.when().get())
                ? Plan.of(List.of())
                : step.action().plan(context);
    }

    /** Something that is done in a directory of its own. */
    interface InScratch<T> {
        T in(Path workDir) throws ActionException, IOException, InterruptedException;
    }

    static <T> T inScratch(Path scratch, InScratch<T> work) throws ActionException, IOException, InterruptedException {
        DurableFiles.createPrivateDirectory(scratch);
        Path workDir = Files.createTempDirectory(scratch, "plan");
        try {
            return work.in(workDir);
        } finally {
            try {
                DurableFiles.deleteTree(workDir);
            } catch (IOException e) {
                LOG.warn("what a plan left behind cannot be deleted: {}", workDir, e);
            }
        }
    }

    static PlanReport refused(PlanRequest request, String reason) {
        return PlanReport.newBuilder()
                .setRequestId(request.getRequestId())
                .setRefused(true)
                .setReason(Text.line(reason))
                .build();
    }
}
