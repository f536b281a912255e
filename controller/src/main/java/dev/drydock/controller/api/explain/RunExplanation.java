package dev.drydock.controller.api.explain;

import com.google.protobuf.util.Timestamps;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.Run;

/** Why a run ended as it did, or has not. Pure. */
public final class RunExplanation {
    private RunExplanation() {}

    /**
     * @param run as the caller may see it, with its steps
     * @param connected whether its host's agent is
     */
    public static Explanation of(Run run, boolean connected) {
        Answer answer = new Answer(
                ExplainedKind.EXPLAINED_RUN,
                run.getId(),
                "Host " + run.getHost() + " " + Words.of(run.getState()) + Words.because(run.getReason()) + ".");
        answer.happened(
                run.getOfferedAt(),
                "the controller offered playbook " + run.getPlaybook() + " for rollout " + run.getRollout()
                        + ", to be over by " + Timestamps.toString(run.getWindowCloses()));
        if (run.hasStartedAt()) {
            answer.happened(run.getStartedAt(), "the agent began");
        }
        if (run.hasEndedAt()) {
            answer.happened(run.getEndedAt(), "it ended: " + Words.of(run.getState()));
        }
        run.getStepsList().forEach(step -> step(step, answer));
        run.getResult()
                .getRollbackEvidenceList()
                .forEach(evidence -> answer.holds("proven after the way back: " + evidence));
        next(run, connected, answer);
        return answer.done();
    }

    private static void step(StepTransition step, Answer answer) {
        String name =
                switch (step.getPhase()) {
                    case PHASE_PREFLIGHT -> "the check before the start '" + step.getName() + "'";
                    case PHASE_VERIFY -> "the final check '" + step.getName() + "'";
                    case PHASE_STEPS, PHASE_UNSPECIFIED, UNRECOGNIZED -> "step '" + step.getName() + "'";
                };
        String why = Words.because(step.getReason());
        switch (step.getState()) {
            case FAILED -> answer.holds(name + " failed" + why + exit(step));
            case SKIPPED -> answer.holds(name + " was skipped" + why);
            case STEP_ROLLED_BACK -> answer.holds(name + " was put back" + why);
            case STEP_ROLLBACK_FAILED -> answer.holds(name + " could not be put back" + why + exit(step));
            case STEP_AWAITING_REBOOT ->
                answer.holds(name + " waits for leave to reboot: hosts of a rollout reboot in turn");
            case STEP_REBOOTING -> answer.holds(name + " reboots the host");
            case PREPARING, APPLYING, STEP_VERIFYING, STEP_ROLLING_BACK -> answer.holds(name + " is under way" + why);
            case PENDING, PREPARED, APPLIED, STEP_VERIFIED, STEP_STATE_UNSPECIFIED, UNRECOGNIZED -> {
                if (!step.getMeasured().isEmpty() && step.getState() == StepState.STEP_VERIFIED) {
                    answer.holds(name + " measured " + step.getMeasured());
                }
            }
        }
    }

    private static String exit(StepTransition step) {
        return step.hasExitCode() && step.getExitCode() != 0 ? " (exit code " + step.getExitCode() + ")" : "";
    }

    private static void next(Run run, boolean connected, Answer answer) {
        String logs = "drydock run logs " + run.getId();
        switch (run.getState()) {
            case OFFERED -> {
                answer.holds(
                        connected
                                ? "its agent is connected and has not answered yet"
                                : "its agent is not connected: it gets the offer when it comes, if there is time left");
                if (!connected) {
                    answer.next("Find out why the host is away.", "drydock explain " + run.getHost());
                }
            }
            case ROLLBACK_FAILED -> {
                answer.next("A person has to look at the host; nothing more should run there before.", logs);
                answer.next("Keep further runs away until it is well.", "drydock host drain " + run.getHost());
            }
            case LOST ->
                answer.next(
                        "When the agent is back it says how the run ended, and that counts. See whether it is there.",
                        "drydock explain " + run.getHost());
            case ROLLED_BACK ->
                answer.next("Mend what failed, then try again.", "drydock rollout retry " + run.getRollout());
            case REFUSED, EXPIRED ->
                answer.next("Mend the reason, then try again.", "drydock rollout retry " + run.getRollout());
            case DEFERRED ->
                answer.next(
                        "Nothing is to be done: it is offered again when the window opens next.",
                        "drydock explain " + run.getRollout());
            case PREFLIGHT, RUNNING, VERIFYING, ROLLING_BACK, ACCEPTED ->
                answer.next("Follow what it writes.", "drydock run logs -f " + run.getId());
            case SUCCEEDED, CANCELLED, RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }
}
