package dev.drydock.controller.agents;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Asks hosts what a playbook would change on them. Nothing is changed by it. */
public interface HostPlans {
    /**
     * Waits until all have answered, or for {@code patience}.
     *
     * @param digest of a playbook that was pushed
     * @return one for each host id; a host that did not answer says so
     */
    Map<String, HostPlan> ask(Collection<String> hostIds, String digest, Map<String, String> params, Duration patience);
}
