package dev.drydock.controller.agents;

import dev.drydock.proto.agent.v1.StepPlan;
import java.util.List;

/**
 * What a host says that a playbook would change on it.
 *
 * @param problem why there is no answer (offline, refused, too late); empty: there is one
 */
public record HostPlan(String problem, List<StepPlan> steps) {
    public HostPlan {
        steps = List.copyOf(steps);
    }

    private static final String OFFLINE = "offline";

    static HostPlan offline() {
        return none(OFFLINE);
    }

    public static HostPlan none(String problem) {
        return new HostPlan(problem, List.of());
    }

    /** It was not asked, since it is not there. */
    public boolean isAway() {
        return problem.equals(OFFLINE);
    }

    public boolean answered() {
        return problem.isEmpty();
    }
}
