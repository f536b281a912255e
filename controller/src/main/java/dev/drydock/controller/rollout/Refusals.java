package dev.drydock.controller.rollout;

import dev.drydock.playbooks.document.Nearest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
            case RolloutEvent.Approve approve -> {
                refuseIf(over, rollout, "approved");
                checkApproval(rollout, approve);
            }
            case RolloutEvent.Retry retry -> {
                refuseIf(state == RolloutState.STOPPING || state == RolloutState.ABORTED, rollout, "tried again");
                checkNames(rollout, retry.hosts());
            }
            case RolloutEvent.Tick tick -> {}
            case RolloutEvent.Recovered recovered -> {}
            case RolloutEvent.RunChanged report -> {}
            case RolloutEvent.RunsChanged several -> {}
            case RolloutEvent.HostsSeen seen -> {}
            case RolloutEvent.HostsMatch match -> {}
        }
    }

    /** @throws RolloutRefusedException none needs it */
    static int waveToApprove(Rollout rollout, OptionalInt asked) {
        return asked.orElseGet(() -> rollout.unapproved()
                .orElseThrow(() -> new RolloutRefusedException(
                        "Rollout " + rollout.name() + " has no wave that waits for an approval.")));
    }

    private static void checkApproval(Rollout rollout, RolloutEvent.Approve approve) {
        if (!rollout.plan().needsApproval(approve.wave())) {
            throw new RolloutRefusedException(
                    "Wave " + approve.wave() + " of rollout " + rollout.name() + " needs no approval.");
        }
        if (rollout.plan().origin().by().equals(approve.by())) {
            throw new RolloutRefusedException("Rollout " + rollout.name() + " was made by " + approve.by()
                    + ", who cannot approve it: that is for a second person.");
        }
    }

    /** @throws RolloutRefusedException nothing would come of it */
    static void checkRetry(Rollout rollout, Set<String> hosts, Instant now) {
        Retries.refusal(rollout.plan(), rollout.hosts(), hosts, rollout.opening(), rollout.usedThrough(), now)
                .ifPresent(why -> {
                    throw new RolloutRefusedException(
                            "Rollout " + rollout.name() + " cannot be tried again: " + why + ".");
                });
    }

    private static void checkNames(Rollout rollout, Set<String> hosts) {
        Set<String> known =
                rollout.hosts().stream().map(host -> host.host().name()).collect(Collectors.toSet());
        for (String name : new TreeSet<>(hosts)) {
            if (!known.contains(name)) {
                throw new RolloutRefusedException("Rollout " + rollout.name() + " has no host " + name
                        + Nearest.to(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; drydock rollout show lists them."));
            }
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
