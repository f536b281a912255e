package dev.drydock.controller.incident;

import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;

/**
 * A run that has ended, and what it was for.
 *
 * @param rollout the name of its rollout; that of one that is not on record is its id
 * @param playbook {@code web-monthly@7}
 */
public record EndedRun(
        String id,
        String hostId,
        String rolloutId,
        String rollout,
        String playbook,
        MaintenanceType type,
        RunState state,
        String reason,
        Instant endedAt) {}
