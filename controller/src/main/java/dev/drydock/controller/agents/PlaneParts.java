package dev.drydock.controller.agents;

import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all sessions share.
 *
 * @param recordId names the record of runs: another one after a backup was put back
 * @param nanos a clock that never jumps, for how long ago something was
 * @param pool where sessions work; may block
 */
record PlaneParts(
        AgentPlaneSettings settings,
        String recordId,
        HostStore hosts,
        RunStore runs,
        RunLedger ledger,
        RunOutputFiles output,
        Presence presence,
        SessionRegistry registry,
        SessionLooks looks,
        HostsListeners listeners,
        TrafficListeners traffic,
        PlanRequests plans,
        TimesOfLikeHosts times,
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random,
        Executor pool) {
    /** A random instant within the spread, so that agents that were sent away together do not come back together. */
    Duration jitter() {
        return Duration.ofNanos(random.nextLong(settings.reconnectSpread().toNanos() + 1));
    }
}
