package dev.drydock.controller.rollout;

import java.util.Locale;

/** What an operator cannot ask of a rollout that is ending or has ended. Asking again for what is so already is no offence. */
final class Refusals {
    private Refusals() {}

    /** @throws RolloutRefusedException with the reason */
    static void check(Rollout rollout, RolloutEvent event) {
        RolloutState state = rollout.state();
        boolean over = state.ended() || state == RolloutState.STOPPING;
        switch (event) {
            case RolloutEvent.Pause pause -> refuseIf(over, rollout, "paused");
            case RolloutEvent.Resume resume -> refuseIf(over, rollout, "resumed");
            case RolloutEvent.Abort abort ->
                refuseIf(state.ended() && state != RolloutState.ABORTED, rollout, "aborted");
            case RolloutEvent.Tick tick -> {}
            case RolloutEvent.Recovered recovered -> {}
            case RolloutEvent.RunChanged report -> {}
            case RolloutEvent.HostsSeen seen -> {}
        }
    }

    private static void refuseIf(boolean condition, Rollout rollout, String what) {
        if (condition) {
            String state = rollout.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            throw new RolloutRefusedException("Rollout " + rollout.name() + " cannot be " + what + ": it is " + state
                    + " (" + rollout.reason() + ").");
        }
    }
}
