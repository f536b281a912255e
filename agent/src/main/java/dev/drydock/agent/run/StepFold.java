package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.agent.v1.StepTransition.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state of a step or check is the fold of its events. Pure. */
final class StepFold {
    private StepFold() {}

    static StepSnapshot apply(RunState run, StepSnapshot step, StepTransition event, Instant at) {
        StepState to = event.getState();
        boolean legal =
                switch (event.getPhase()) {
                    case PHASE_STEPS -> StepMachine.STEPS.allows(step.state(), to);
                    case PHASE_PREFLIGHT, PHASE_VERIFY -> StepMachine.CHECKS.allows(step.state(), to);
                    case PHASE_UNSPECIFIED, UNRECOGNIZED -> false;
                };
        if (!legal || !allowedIn(run, event.getPhase(), to)) {
            throw new IllegalEventException(event.getPhase() + " " + event.getIndex() + " does not go from "
                    + step.state() + " to " + to + " while the run is " + run);
        }
        boolean planned = to == StepState.PENDING || to == StepState.PREPARING;
        List<Change> changes = planned || event.getChangesCount() > 0 ? event.getChangesList() : step.changes();
        List<Struct> baseline = to == StepState.PENDING ? event.getBaselineList() : step.baseline();
        return new StepSnapshot(
                event.getName(),
                to,
                at,
                step.surveyed() || to == StepState.PENDING,
                step.touched() || to == StepState.APPLYING || to == StepState.STEP_REBOOTING,
                step.failed() || to == StepState.FAILED,
                step.cutOff() || (step.state() == StepState.APPLYING && to == StepState.STEP_VERIFYING),
                changes,
                planned ? event.getReason() : step.irreversible(),
                to == StepState.PREPARED ? event.getUndo() : step.undo(),
                baseline,
                event.getEvidenceCount() > 0 ? event.getEvidenceList() : step.evidence(),
                planned || event.getReason().isEmpty() ? step.reason() : event.getReason(),
                to == StepState.PENDING ? event.getBefore() : step.before(),
                to == StepState.STEP_REBOOTING ? Optional.of(reboot(step, event, at)) : step.reboot());
    }

    private static StepSnapshot.Reboot reboot(StepSnapshot step, StepTransition event, Instant at) {
        return step.reboot()
                .map(before -> new StepSnapshot.Reboot(before.bootId(), before.firstAsked(), before.asked() + 1))
                .orElseGet(() -> new StepSnapshot.Reboot(event.getBootId(), at, 1));
    }

    private static boolean allowedIn(RunState run, Phase phase, StepState to) {
        boolean wayBack = Set.of(
                        StepState.STEP_ROLLING_BACK, StepState.STEP_ROLLED_BACK, StepState.STEP_ROLLBACK_FAILED)
                .contains(to);
        return switch (run) {
            case PREFLIGHT -> phase == Phase.PHASE_PREFLIGHT || to == StepState.PENDING || to == StepState.FAILED;
            case RUNNING -> phase == Phase.PHASE_STEPS && !wayBack && to != StepState.PENDING;
            case VERIFYING -> phase == Phase.PHASE_VERIFY && !wayBack && to != StepState.PENDING;
            case ROLLING_BACK -> phase != Phase.PHASE_PREFLIGHT && wayBack;
            default -> false;
        };
    }
}
