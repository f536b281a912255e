package dev.drydock.controller.rollout;

import static dev.drydock.controller.rollout.RolloutState.ABORTED;
import static dev.drydock.controller.rollout.RolloutState.AWAITING_APPROVAL;
import static dev.drydock.controller.rollout.RolloutState.COMPLETED;
import static dev.drydock.controller.rollout.RolloutState.COMPLETED_WITH_FAILURES;
import static dev.drydock.controller.rollout.RolloutState.PAUSED;
import static dev.drydock.controller.rollout.RolloutState.RUNNING;
import static dev.drydock.controller.rollout.RolloutState.SCHEDULED;
import static dev.drydock.controller.rollout.RolloutState.SOAKING;
import static dev.drydock.controller.rollout.RolloutState.STOPPED;
import static dev.drydock.controller.rollout.RolloutState.STOPPING;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every move that a rollout can make. Drawn in docs/state-machines-rollout.md. */
final class RolloutTransitions {
    private static final List<Transition> ALL = List.of(
            new Transition(SCHEDULED, Trigger.WINDOW_OPENED, RUNNING),
            new Transition(SCHEDULED, Trigger.PAUSE, PAUSED),
            new Transition(SCHEDULED, Trigger.ABORT, STOPPING),
            new Transition(SCHEDULED, Trigger.TOO_MANY_FAILED, STOPPING),
            new Transition(SCHEDULED, Trigger.NO_OPENING_LEFT, STOPPING),
            new Transition(SCHEDULED, Trigger.ALL_SUCCEEDED, COMPLETED),
            new Transition(SCHEDULED, Trigger.ALL_ENDED, COMPLETED_WITH_FAILURES),
            new Transition(RUNNING, Trigger.WAVE_DONE, SOAKING),
            new Transition(RUNNING, Trigger.WINDOW_OVER, SCHEDULED),
            new Transition(RUNNING, Trigger.PAUSE, PAUSED),
            new Transition(RUNNING, Trigger.ABORT, STOPPING),
            new Transition(RUNNING, Trigger.TOO_MANY_FAILED, STOPPING),
            new Transition(RUNNING, Trigger.ALL_SUCCEEDED, COMPLETED),
            new Transition(RUNNING, Trigger.ALL_ENDED, COMPLETED_WITH_FAILURES),
            new Transition(SOAKING, Trigger.SOAKED, RUNNING),
            new Transition(SOAKING, Trigger.APPROVAL_MISSING, AWAITING_APPROVAL),
            new Transition(SOAKING, Trigger.RETRY, RUNNING),
            new Transition(SOAKING, Trigger.WINDOW_OVER, SCHEDULED),
            new Transition(SOAKING, Trigger.PAUSE, PAUSED),
            new Transition(SOAKING, Trigger.ABORT, STOPPING),
            new Transition(SOAKING, Trigger.TOO_MANY_FAILED, STOPPING),
            new Transition(AWAITING_APPROVAL, Trigger.APPROVED, RUNNING),
            new Transition(AWAITING_APPROVAL, Trigger.RETRY, RUNNING),
            new Transition(AWAITING_APPROVAL, Trigger.WINDOW_OVER, SCHEDULED),
            new Transition(AWAITING_APPROVAL, Trigger.PAUSE, PAUSED),
            new Transition(AWAITING_APPROVAL, Trigger.ABORT, STOPPING),
            new Transition(AWAITING_APPROVAL, Trigger.TOO_MANY_FAILED, STOPPING),
            new Transition(PAUSED, Trigger.RESUME, SCHEDULED),
            new Transition(PAUSED, Trigger.ABORT, STOPPING),
            new Transition(PAUSED, Trigger.TOO_MANY_FAILED, STOPPING),
            new Transition(PAUSED, Trigger.NO_OPENING_LEFT, STOPPING),
            new Transition(PAUSED, Trigger.ALL_SUCCEEDED, COMPLETED),
            new Transition(PAUSED, Trigger.ALL_ENDED, COMPLETED_WITH_FAILURES),
            new Transition(STOPPING, Trigger.DRAINED, STOPPED),
            new Transition(STOPPING, Trigger.DRAINED_AFTER_ABORT, ABORTED),
            new Transition(COMPLETED_WITH_FAILURES, Trigger.RETRY, SCHEDULED),
            new Transition(STOPPED, Trigger.RETRY, SCHEDULED));

    private static final Map<Key, Transition> BY_KEY = index();

    private RolloutTransitions() {}

    static List<Transition> all() {
        return ALL;
    }

    /** @throws IllegalStateException no such move: a defect of the machine, never of its input */
    static Transition of(RolloutState from, Trigger trigger) {
        Transition found = BY_KEY.get(new Key(from, trigger));
        if (found == null) {
            throw new IllegalStateException("a rollout in " + from + " has no move on " + trigger);
        }
        return found;
    }

    static boolean allows(RolloutState from, Trigger trigger) {
        return BY_KEY.containsKey(new Key(from, trigger));
    }

    private static Map<Key, Transition> index() {
        for (Transition transition : ALL) {
            if (transition.from().ended() && transition.trigger() != Trigger.RETRY) {
                throw new IllegalStateException("only a retry leaves the final state of " + transition);
            }
        }
        // Two moves for the same state and trigger are refused by the collector.
        return ALL.stream().collect(Collectors.toUnmodifiableMap(t -> new Key(t.from(), t.trigger()), t -> t));
    }

    private record Key(RolloutState from, Trigger trigger) {}
}
