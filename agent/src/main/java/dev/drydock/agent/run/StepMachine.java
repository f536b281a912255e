package dev.drydock.agent.run;

import static dev.drydock.proto.agent.v1.StepState.APPLIED;
import static dev.drydock.proto.agent.v1.StepState.APPLYING;
import static dev.drydock.proto.agent.v1.StepState.FAILED;
import static dev.drydock.proto.agent.v1.StepState.PENDING;
import static dev.drydock.proto.agent.v1.StepState.PREPARED;
import static dev.drydock.proto.agent.v1.StepState.PREPARING;
import static dev.drydock.proto.agent.v1.StepState.SKIPPED;
import static dev.drydock.proto.agent.v1.StepState.STEP_AWAITING_REBOOT;
import static dev.drydock.proto.agent.v1.StepState.STEP_REBOOTING;
import static dev.drydock.proto.agent.v1.StepState.STEP_ROLLBACK_FAILED;
import static dev.drydock.proto.agent.v1.StepState.STEP_ROLLED_BACK;
import static dev.drydock.proto.agent.v1.StepState.STEP_ROLLING_BACK;
import static dev.drydock.proto.agent.v1.StepState.STEP_VERIFIED;
import static dev.drydock.proto.agent.v1.StepState.STEP_VERIFYING;

import dev.drydock.proto.agent.v1.StepState;

/** The two tables of transitions below a run: of its steps, and of its preflight and final checks. */
final class StepMachine {
    /** Why a step goes from one state to another. */
    enum StepTrigger {
        SURVEY("planned and baselines taken, before anything changes"),
        SKIP("its `when` is false, or there is nothing to do"),
        PLAN("planned again just before its turn"),
        PREPARE("its way back is proven and recorded"),
        APPLY("it fits into the window: the change begins"),
        REQUEST_LEAVE("ready to reboot the host: the controller's leave is waited for, where it gives any"),
        REBOOT(
                "it fits into the window: the host is asked to reboot; again, where the agent is back and the host was not booted anew"),
        BOOTED("the host was booted anew"),
        DONE("the change is made"),
        VERIFY("the change is to be proven"),
        RESUME_VERIFY("the agent died while applying: is the change complete?"),
        HOLD("the change and the step's own checks hold"),
        FAIL("it failed, at whatever it was doing"),
        ROLL_BACK("the old state is to be put back"),
        RESTORED("the old state is proven"),
        NOT_RESTORED("the old state could not be put back or not be proven");

        private final String meaning;

        StepTrigger(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }
    }

    /** Why a check goes from one state to another. */
    enum CheckTrigger {
        BASELINE("seen before the change"),
        HOLD("holds"),
        SOAK("holds, and is looked at again after its soak"),
        FAIL("does not hold"),
        AS_BEFORE("after a rollback: as before the run"),
        NOT_AS_BEFORE("after a rollback: not as before the run");

        private final String meaning;

        CheckTrigger(String meaning) {
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
        }
    }

    static final TransitionTable<StepState, StepTrigger> STEPS = TransitionTable.<StepState, StepTrigger>builder()
            .add(PENDING, StepTrigger.SURVEY, PENDING)
            .add(PENDING, StepTrigger.SKIP, SKIPPED)
            .add(PENDING, StepTrigger.PLAN, PREPARING)
            .add(PENDING, StepTrigger.FAIL, FAILED)
            .add(PREPARING, StepTrigger.PREPARE, PREPARED)
            .add(PREPARING, StepTrigger.FAIL, FAILED)
            .add(PREPARED, StepTrigger.APPLY, APPLYING)
            .add(PREPARED, StepTrigger.REQUEST_LEAVE, STEP_AWAITING_REBOOT)
            .add(PREPARED, StepTrigger.REBOOT, STEP_REBOOTING)
            .add(STEP_AWAITING_REBOOT, StepTrigger.REBOOT, STEP_REBOOTING)
            .add(STEP_REBOOTING, StepTrigger.REBOOT, STEP_REBOOTING)
            .add(STEP_REBOOTING, StepTrigger.BOOTED, APPLIED)
            .add(STEP_REBOOTING, StepTrigger.FAIL, FAILED)
            .add(APPLYING, StepTrigger.DONE, APPLIED)
            .add(APPLYING, StepTrigger.RESUME_VERIFY, STEP_VERIFYING)
            .add(APPLYING, StepTrigger.FAIL, FAILED)
            .add(APPLIED, StepTrigger.VERIFY, STEP_VERIFYING)
            .add(STEP_VERIFYING, StepTrigger.HOLD, STEP_VERIFIED)
            .add(STEP_VERIFYING, StepTrigger.FAIL, FAILED)
            .add(PENDING, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(PREPARING, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(PREPARED, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(FAILED, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(APPLYING, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(APPLIED, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(STEP_VERIFYING, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(STEP_VERIFIED, StepTrigger.ROLL_BACK, STEP_ROLLING_BACK)
            .add(STEP_ROLLING_BACK, StepTrigger.RESTORED, STEP_ROLLED_BACK)
            .add(STEP_ROLLING_BACK, StepTrigger.NOT_RESTORED, STEP_ROLLBACK_FAILED)
            .build();

    static final TransitionTable<StepState, CheckTrigger> CHECKS = TransitionTable.<StepState, CheckTrigger>builder()
            .add(PENDING, CheckTrigger.BASELINE, PENDING)
            .add(PENDING, CheckTrigger.HOLD, STEP_VERIFIED)
            .add(PENDING, CheckTrigger.SOAK, STEP_VERIFYING)
            .add(PENDING, CheckTrigger.FAIL, FAILED)
            .add(STEP_VERIFYING, CheckTrigger.HOLD, STEP_VERIFIED)
            .add(STEP_VERIFYING, CheckTrigger.FAIL, FAILED)
            .add(PENDING, CheckTrigger.AS_BEFORE, STEP_ROLLED_BACK)
            .add(STEP_VERIFYING, CheckTrigger.AS_BEFORE, STEP_ROLLED_BACK)
            .add(STEP_VERIFIED, CheckTrigger.AS_BEFORE, STEP_ROLLED_BACK)
            .add(FAILED, CheckTrigger.AS_BEFORE, STEP_ROLLED_BACK)
            .add(PENDING, CheckTrigger.NOT_AS_BEFORE, STEP_ROLLBACK_FAILED)
            .add(STEP_VERIFYING, CheckTrigger.NOT_AS_BEFORE, STEP_ROLLBACK_FAILED)
            .add(STEP_VERIFIED, CheckTrigger.NOT_AS_BEFORE, STEP_ROLLBACK_FAILED)
            .add(FAILED, CheckTrigger.NOT_AS_BEFORE, STEP_ROLLBACK_FAILED)
            .build();

    private StepMachine() {}
}
