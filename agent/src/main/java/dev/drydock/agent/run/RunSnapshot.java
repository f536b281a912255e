package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run stands: the fold of its journal. Immutable.
 *
 * @param sequence of the last event; 0 before the first
 * @param at of the last event
 * @param started when preflight began
 * @param reason of the last transition
 * @param cancel the strongest cancel on record
 */
record RunSnapshot(
        RunState state,
        Accepted accepted,
        long sequence,
        Instant at,
        Optional<Instant> started,
        String reason,
        Map<Position, StepSnapshot> steps,
        Optional<CancelRun> cancel,
        Optional<RunResult> result) {
    static final RunSnapshot NONE = new RunSnapshot(
            RunState.OFFERED,
            Accepted.getDefaultInstance(),
            0,
            Instant.EPOCH,
            Optional.empty(),
            "",
            Map.of(),
            Optional.empty(),
            Optional.empty());

    RunSnapshot {
        steps = Map.copyOf(steps);
    }

    Offer offer() {
        return accepted.getOffer();
    }

    StepSnapshot at(Position position) {
        return steps.getOrDefault(position, StepSnapshot.PENDING);
    }

    StepSnapshot step(int index) {
        return at(Position.step(index));
    }

    boolean ended() {
        return RunMachine.ended(state);
    }

    /** Whether a change of this run has begun on the host. */
    boolean touched() {
        return steps.values().stream().anyMatch(StepSnapshot::touched);
    }

    /** Whether the host was asked to reboot and has not been seen booted anew. */
    boolean rebooting() {
        return steps.values().stream().anyMatch(step -> step.state() == StepState.STEP_REBOOTING);
    }

    boolean cancelled(CancelRun.Mode mode) {
        return cancel.filter(c -> c.getMode() == mode).isPresent();
    }

    Map<Position, StepSnapshot> inOrder() {
        return new TreeMap<>(steps);
    }
}
