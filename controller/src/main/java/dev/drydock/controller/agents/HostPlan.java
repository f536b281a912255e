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

    public static HostPlan none(String problem) {
        return new HostPlan(problem, List.of());
    }

    public boolean answered() {
        return problem.isEmpty();
    }
}
