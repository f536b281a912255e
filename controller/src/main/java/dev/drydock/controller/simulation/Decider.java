package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Decision;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutEvent;
import java.time.Instant;

/** The decision function: {@code RolloutMachine::decide}, or that with somebody who looks on. */
@FunctionalInterface
interface Decider {
    Decision decide(Rollout rollout, RolloutEvent event, Instant now);
}
