package dev.drydock.agent.run;

import static dev.drydock.proto.agent.v1.RunState.ACCEPTED;
import static dev.drydock.proto.agent.v1.RunState.CANCELLED;
import static dev.drydock.proto.agent.v1.RunState.DEFERRED;
import static dev.drydock.proto.agent.v1.RunState.EXPIRED;
import static dev.drydock.proto.agent.v1.RunState.OFFERED;
import static dev.drydock.proto.agent.v1.RunState.PREFLIGHT;
import static dev.drydock.proto.agent.v1.RunState.REFUSED;
import static dev.drydock.proto.agent.v1.RunState.ROLLBACK_FAILED;
import static dev.drydock.proto.agent.v1.RunState.ROLLED_BACK;
import static dev.drydock.proto.agent.v1.RunState.ROLLING_BACK;
import static dev.drydock.proto.agent.v1.RunState.RUNNING;
import static dev.drydock.proto.agent.v1.RunState.SUCCEEDED;
import static dev.drydock.proto.agent.v1.RunState.VERIFYING;

import dev.drydock.proto.agent.v1.RunState;

/** The one table of a run's transitions. docs/state-machines.md is made from it. */
final class RunMachine {
    static final TransitionTable<RunState, RunTrigger> TABLE = TransitionTable.<RunState, RunTrigger>builder()
            .add(OFFERED, RunTrigger.ACCEPT, ACCEPTED)
            .add(ACCEPTED, RunTrigger.START, PREFLIGHT)
            .add(ACCEPTED, RunTrigger.TOO_LATE, EXPIRED)
            .add(ACCEPTED, RunTrigger.CANCEL, CANCELLED)
            .add(ACCEPTED, RunTrigger.NO_LONGER_ALLOWED, REFUSED)
            .add(PREFLIGHT, RunTrigger.CANCEL, CANCELLED)
            .add(PREFLIGHT, RunTrigger.PREFLIGHT_FAILED, REFUSED)
            .add(PREFLIGHT, RunTrigger.NO_WAY_BACK, REFUSED)
            .add(PREFLIGHT, RunTrigger.UNUSABLE, REFUSED)
            .add(PREFLIGHT, RunTrigger.PREFLIGHT_HELD, RUNNING)
            .add(RUNNING, RunTrigger.CANCEL, CANCELLED)
            .add(RUNNING, RunTrigger.NO_WAY_BACK, REFUSED)
            .add(RUNNING, RunTrigger.UNUSABLE, REFUSED)
            .add(RUNNING, RunTrigger.WAY_BACK_LOST, ROLLBACK_FAILED)
            .add(RUNNING, RunTrigger.OUT_OF_TIME, DEFERRED)
            .add(RUNNING, RunTrigger.NOTHING_TO_DO, SUCCEEDED)
            .add(RUNNING, RunTrigger.STEPS_DONE, VERIFYING)
            .add(RUNNING, RunTrigger.DEFER, VERIFYING)
            .add(RUNNING, RunTrigger.STEP_FAILED, ROLLING_BACK)
            .add(RUNNING, RunTrigger.WINDOW_ENDS, ROLLING_BACK)
            .add(RUNNING, RunTrigger.ROLL_BACK, ROLLING_BACK)
            .add(VERIFYING, RunTrigger.HELD, SUCCEEDED)
            .add(VERIFYING, RunTrigger.HELD_SO_FAR, DEFERRED)
            .add(VERIFYING, RunTrigger.CHECK_FAILED, ROLLING_BACK)
            .add(VERIFYING, RunTrigger.WINDOW_ENDS, ROLLING_BACK)
            .add(VERIFYING, RunTrigger.ROLL_BACK, ROLLING_BACK)
            .add(VERIFYING, RunTrigger.WAY_BACK_LOST, ROLLBACK_FAILED)
            .add(ROLLING_BACK, RunTrigger.WAY_BACK_LOST, ROLLBACK_FAILED)
            .add(ROLLING_BACK, RunTrigger.OLD_STATE_PROVEN, ROLLED_BACK)
            .add(ROLLING_BACK, RunTrigger.OLD_STATE_NOT_PROVEN, ROLLBACK_FAILED)
            .build();

    private RunMachine() {}

    /** @throws IllegalStateException when the table has no such row */
    static RunState target(RunState from, RunTrigger trigger) {
        return TABLE.target(from, trigger)
                .orElseThrow(() -> new IllegalStateException("no transition from " + from + " on " + trigger));
    }

    static boolean ended(RunState state) {
        return state != RunState.RUN_STATE_UNSPECIFIED && TABLE.isFinal(state);
    }
}
