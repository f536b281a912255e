package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One run of one playbook on one host, as the controller knows it from durable events.
 *
 * @param id unique, made with the rollout's decision, never reused
 * @param deadline when it counts as lost if nothing final was heard
 * @param lastSequence of the durable events; 0 before the first
 * @param outputSize bytes of durable output
 * @param reboot of the host, that the run waits for or is at
 */
public record Run(
        String id,
        String rolloutId,
        String hostId,
        String playbookName,
        int playbookVersion,
        String playbookDigest,
        Map<String, String> params,
        String windowName,
        Instant windowOpens,
        Instant windowCloses,
        Instant startBefore,
        Instant deadline,
        RunState state,
        String reason,
        Instant offeredAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        long lastSequence,
        long outputSize,
        Optional<Reboot> reboot) {
    public Run {
        params = Map.copyOf(params);
    }
}
