package dev.drydock.controller.compliance;

import dev.drydock.controller.rollout.RolloutState;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a rollout's hosts; the five counts add up to {@code hosts}.
 *
 * @param playbook {@code web-monthly@7}
 * @param patched succeeded and changed something
 * @param unchanged succeeded with nothing to do
 * @param notDone everything else: waiting, running, refused, expired, deferred, cancelled, lost
 */
public record RolloutSummary(
        String name,
        String playbook,
        RolloutState state,
        Optional<Instant> endedAt,
        int hosts,
        int patched,
        int unchanged,
        int rolledBack,
        int rollbackFailed,
        int notDone) {}
