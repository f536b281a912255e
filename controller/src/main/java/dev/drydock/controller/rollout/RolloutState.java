package dev.drydock.controller.rollout;

/** Where a rollout stands. The moves between them are in {@link RolloutTransitions}. */
public enum RolloutState {
    /** Waits for its window to open. */
    SCHEDULED,
    /** Inside an opening: starts hosts of the current wave, or waits for those that run. */
    RUNNING,
    /** The current wave is done; the next begins when the soak time is over. */
    SOAKING,
    /** The current wave is done and soaked; the next begins when a second person has approved it. */
    AWAITING_APPROVAL,
    /** Starts nothing until it is resumed. */
    PAUSED,
    /** Will not go on: starts nothing, waits for what runs. */
    STOPPING,
    /** Every host succeeded. */
    COMPLETED,
    /** Every host has ended, not all of them well. */
    COMPLETED_WITH_FAILURES,
    /** Ended by the failure threshold, or for want of a further opening, before every host was done. */
    STOPPED,
    /** Ended by an operator. */
    ABORTED;

    /** Nothing more will start, unless hosts that ended badly are tried again; late results still change the record of a host. */
    public boolean ended() {
        return switch (this) {
            case COMPLETED, COMPLETED_WITH_FAILURES, STOPPED, ABORTED -> true;
            case SCHEDULED, RUNNING, SOAKING, AWAITING_APPROVAL, PAUSED, STOPPING -> false;
        };
    }
}
