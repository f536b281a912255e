package dev.drydock.agent.session;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param playbooks directory of the cache
 * @param status file that says how the session stands
 * @param bootId of this boot of the host
 * @param instanceId random per process
 * @param factsEvery how often the host is looked at
 * @param listsEvery how often the package manager reads its archives' lists for it
 */
public record SessionSettings(
        Path playbooks,
        Path status,
        String agentVersion,
        String bootId,
        String instanceId,
        Duration factsEvery,
        Duration listsEvery) {}
