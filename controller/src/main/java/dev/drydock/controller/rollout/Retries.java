package dev.drydock.controller.rollout;

import dev.drydock.controller.rollout.Rollout.Stop;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hosts that ended badly get another run, and a rollout that had ended for them goes on. */
final class Retries {
    private Retries() {}

    static void take(Turn turn, Set<String> names) {
        // What the time has brought comes first: a host that is away is not retried into an opening that is over.
        Settling.settle(turn);
        boolean over = turn.state().ended();
        List<HostProgress> before = turn.hosts();
        if (turn.state() == RolloutState.STOPPING
                || (over && !turn.allows(Trigger.RETRY))
                || refusal(turn.plan, before, names, turn.opening, turn.usedThrough, turn.now)
                        .isPresent()) {
            return;
        }
        List<HostProgress> after = retried(before, names);
        int retried = 0;
        for (int i = 0; i < turn.size(); i++) {
            if (after.get(i) != before.get(i)) {
                turn.host(i, after.get(i));
                turn.note(after.get(i).host().id(), "to be tried again");
                retried++;
            }
        }
        if (retried > 0 && turn.pastCutoff() && turn.allows(Trigger.WINDOW_OVER)) {
            // Others still run in an opening in which these can begin no more: it must not count as their chance.
            turn.opening = Optional.empty();
            turn.move(Trigger.WINDOW_OVER, words(retried) + " in the next opening");
        } else if (turn.allows(Trigger.RETRY) && (retried > 0 || (over && turn.waiting() > 0))) {
            turn.stop = Stop.NOT;
            turn.soakUntil = Optional.empty();
            turn.move(Trigger.RETRY, words(retried));
        }
    }

    private static String words(int retried) {
        return retried == 1 ? "1 host is tried again" : retried + " hosts are tried again";
    }

    /** Why nothing would come of it; empty: something may. */
    static Optional<String> refusal(
            RolloutPlan plan,
            List<HostProgress> hosts,
            Set<String> names,
            Optional<Opening> opening,
            Optional<Instant> used,
            Instant now) {
        boolean opens = opening.filter(in -> now.isBefore(in.startBefore())).isPresent()
                || new Openings(plan.window()).hindered(now, used).isPresent();
        if (!opens) {
            return Optional.of(
                    "window " + plan.window().name() + " has no further opening; make a rollout in another window");
        }
        return Thresholds.exceeded(plan, Standing.of(retried(hosts, names)))
                .map(excess -> excess + "; a host whose way back failed is tried again only when it is named (--host)");
    }

    private static List<HostProgress> retried(List<HostProgress> hosts, Set<String> names) {
        return hosts.stream()
                .map(host -> chosen(host, names) ? host.toRetry() : host)
                .toList();
    }

    /**
     * What is neither patched nor as before is for a person: it is tried again only when it is named. One that was left behind
     * and whose run is under way after all has not ended badly yet.
     */
    private static boolean chosen(HostProgress host, Set<String> names) {
        return host.done()
                && !host.open()
                && !host.succeeded()
                && (names.isEmpty()
                        ? host.state() != RunState.ROLLBACK_FAILED
                        : names.contains(host.host().name()));
    }

    /** For a host that is to be tried again: a late word of the old run ends the matter only where that succeeded after all. */
    static boolean stays(HostProgress host, RunState late) {
        return host.retried() && late != RunState.SUCCEEDED;
    }
}
