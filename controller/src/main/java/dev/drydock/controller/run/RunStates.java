package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.RunState;

/** What the controller needs to know of a run's states; their transitions are the agent's. */
public final class RunStates {
    private RunStates() {}

    /** Nothing more is expected. {@code LOST} is ended for a rollout, though what the agent says later still wins. */
    public static boolean ended(RunState state) {
        return switch (state) {
            case SUCCEEDED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, EXPIRED, DEFERRED, CANCELLED, LOST -> true;
            case RUN_STATE_UNSPECIFIED, OFFERED, ACCEPTED, PREFLIGHT, RUNNING, VERIFYING, ROLLING_BACK, UNRECOGNIZED ->
                false;
        };
    }

    /** Counts against a rollout's failure threshold. */
    public static boolean failed(RunState state) {
        return switch (state) {
            case ROLLED_BACK, ROLLBACK_FAILED, LOST -> true;
            default -> false;
        };
    }
}
