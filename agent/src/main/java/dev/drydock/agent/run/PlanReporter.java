package dev.drydock.agent.run;

import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.StepContext;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.StepPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            Attempt<Plan> attempt;
            try {
                attempt = Attempt.of(() -> plan(program, step, clock));
            } catch (JournalWriteException e) {
                throw new IllegalStateException("a plan has no journal", e);
            }
            switch (attempt) {
                case Attempt.Done<Plan>(Plan plan) ->
                    report.addSteps(StepPlan.newBuilder()
                            .setIndex(i)
                            .setName(step.name())
                            .setAction(step.action().name())
                            .addAllChanges(plan.changes())
                            .setIrreversible(Text.line(plan.irreversible()))
                            .setBudget(Instants.of(step.timeout())));
                case Attempt.Failed<Plan> failed -> {
                    return refused(request, Steps.describe(Position.step(i), step.name()) + ": " + failed.reason());
                }
            }
        }
        return report.build();
    }

    private Plan plan(Program program, BoundStep step, RunClock clock)
            throws dev.drydock.agent.action.ActionException, IOException, InterruptedException {
        if (step.when().isPresent() && !program.expressions().holds(step.when().get())) {
            return Plan.of(java.util.List.of());
        }
        DurableFiles.createPrivateDirectory(scratch);
        Path workDir = Files.createTempDirectory(scratch, "plan");
        try {
            return step.action()
                    .plan(new StepContext(
                            step.args(), (bytes, offset, length) -> {}, workDir, clock.countdown(step.timeout())));
        } finally {
            remove(workDir);
        }
    }

    private static void remove(Path workDir) {
        try {
            DurableFiles.deleteTree(workDir);
        } catch (IOException e) {
            LOG.warn("what a plan left behind cannot be deleted: {}", workDir, e);
        }
    }

    private static PlanReport refused(PlanRequest request, String reason) {
        return PlanReport.newBuilder()
                .setRequestId(request.getRequestId())
                .setRefused(true)
                .setReason(Text.line(reason))
                .build();
    }
}
