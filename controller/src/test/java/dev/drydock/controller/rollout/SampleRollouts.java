package dev.drydock.controller.rollout;

import java.time.Duration;
import java.util.Map;

/** Rollouts for tests of other packages. */
public final class SampleRollouts {
    private SampleRollouts() {}

    /** Scheduled; its hosts wait. */
    public static Rollout planned(int hosts) {
        return RolloutMachine.planned(
                Plans.plan(hosts, Plans.strategy("1", "1", "0", Duration.ZERO), Plans.ONCE), Map.of());
    }

    public static Rollout in(RolloutState state, Rollout rollout) {
        return new Rollout(
                rollout.plan(),
                state,
                rollout.reason(),
                rollout.hosts(),
                rollout.currentWave(),
                rollout.opening(),
                rollout.usedThrough(),
                rollout.soakUntil(),
                rollout.stop(),
                rollout.rollBack(),
                rollout.startedAt(),
                rollout.endedAt(),
                rollout.approvals());
    }
}
