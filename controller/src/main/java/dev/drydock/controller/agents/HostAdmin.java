package dev.drydock.controller.agents;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What operators do with hosts. Each is idempotent and durable when it returns; empty: there is no such host. */
public interface HostAdmin {
    /** @throws IllegalArgumentException with all that is wrong with the labels */
    Optional<HostView> label(String idOrName, Map<String, String> set, Set<String> remove);

    /** A drained host gets no new runs. */
    Optional<HostView> drain(String idOrName, boolean drained);

    /**
     * Takes back that the host is cloned: it gets runs again. While the copy still speaks with its identity the mark comes back
     * with the copy's next connection.
     */
    Optional<HostView> clearClone(String idOrName);

    /** Ends the host's identity and cuts its stream before it returns. */
    Optional<HostView> revoke(String idOrName);

    /** Asks the agent for fresh facts; returns at once. Not connected: nothing is asked, facts come with its next Hello. */
    Optional<HostView> refreshFacts(String idOrName);
}
