package dev.drydock.controller.rollout;

/** How a plan is made of what somebody asked for. */
@FunctionalInterface
public interface Planning {
    /** @throws InvalidRolloutException with everything that is wrong with it */
    RolloutPlan plan(RolloutDraft draft) throws InvalidRolloutException;
}
