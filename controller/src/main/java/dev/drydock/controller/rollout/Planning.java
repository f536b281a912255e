package dev.drydock.controller.rollout;

import java.util.List;

/** How a plan is made of what somebody asked for. */
public interface Planning {
    /** @throws InvalidRolloutException with everything that is wrong with it */
    RolloutPlan plan(RolloutDraft draft) throws InvalidRolloutException;

    /** The hosts that the plan's selector gives now, that can take its playbook, and that it has not. */
    List<Candidate> newcomers(RolloutPlan plan);
}
