package dev.drydock.controller.rollout;

/** What was asked does not fit where the rollout stands; nothing was changed. */
public final class RolloutRefusedException extends RuntimeException {
    RolloutRefusedException(String message) {
        super(message);
    }
}
