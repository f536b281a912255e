package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the journal says of one step or check.
 *
 * @param at when it came into this state
 * @param surveyed whether it was planned and its baselines taken
 * @param touched whether its change was begun: from then on it must be verified or rolled back
 * @param failed whether it failed, also after it was rolled back
 * @param cutOff whether applying ended without an answer, because the agent died
 * @param changes as planned, and as made once that is known
 * @param irreversible what its plan cannot undo; empty when there is a way back
 * @param undo what {@code prepare} returned
 * @param baseline what its checks saw before the change
 * @param evidence how it was proven that the old state is back
 * @param reason of failure or of being skipped
 * @param before what its plan said of the time before the run's first change
 * @param reboot that the host was asked for, where it was
 */
record StepSnapshot(
        String name,
        StepState state,
        Instant at,
        boolean surveyed,
        boolean touched,
        boolean failed,
        boolean cutOff,
        List<Change> changes,
        String irreversible,
        Struct undo,
        List<Struct> baseline,
        List<String> evidence,
        String reason,
        Struct before,
        Optional<Reboot> reboot) {
    static final StepSnapshot PENDING = new StepSnapshot(
            "",
            StepState.PENDING,
            Instant.EPOCH,
            false,
            false,
            false,
            false,
            List.of(),
            "",
            Struct.getDefaultInstance(),
            List.of(),
            List.of(),
            "",
            Struct.getDefaultInstance(),
            Optional.empty());

    StepSnapshot {
        changes = List.copyOf(changes);
        baseline = List.copyOf(baseline);
        evidence = List.copyOf(evidence);
    }

    /**
     * A reboot that was asked for.
     *
     * @param bootId of the boot that is to end
     * @param firstAsked when it was asked for the first time
     * @param asked how often
     */
    record Reboot(String bootId, Instant firstAsked, int asked) {}

    /** Nothing more is to be done on the way forward. */
    boolean done() {
        return state == StepState.STEP_VERIFIED || state == StepState.SKIPPED;
    }

    /** On the way back something is to be done for it: it has changed something, or what was so before may have ended by itself. */
    boolean hasWayBack() {
        return touched || (before.getFieldsCount() > 0 && state != StepState.SKIPPED);
    }

    /** Nothing more is to be done on the way back. */
    boolean back() {
        return state == StepState.STEP_ROLLED_BACK || state == StepState.STEP_ROLLBACK_FAILED;
    }
}
