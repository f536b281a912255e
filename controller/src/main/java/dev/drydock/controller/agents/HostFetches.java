package dev.drydock.controller.agents;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks hosts to download ahead of a run what a playbook needs. Nothing else is changed by it. */
public interface HostFetches {
    /**
     * Returns at once. Completes with the host's answer, with why there is none, or after {@code patience}; never exceptionally,
     * and on any thread.
     *
     * @param digest of a playbook that was pushed
     */
    CompletableFuture<HostPlan> fetch(String hostId, String digest, Map<String, String> params, Duration patience);
}
