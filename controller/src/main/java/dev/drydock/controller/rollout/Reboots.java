package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Reboot;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Who may reboot now. Runs say that they are ready to, and wait; so many hosts at once as the strategy allows, so far apart, and
 * never two of what is never together. Also while the rollout is paused or stops: what began ends by itself.
 */
final class Reboots {
    private Reboots() {}

    static void allow(Turn turn) {
        BitSet awaited = turn.standing().rebootsAwaited();
        if (awaited.isEmpty()) {
            return;
        }
        int room = turn.plan.limits().reboots() - turn.standing().reboots().cardinality();
        Set<String> down = clustersDown(turn);
        Duration interval = turn.plan.strategy().reboots().interval();
        for (int i = awaited.nextSetBit(0); i >= 0 && room > 0; i = awaited.nextSetBit(i + 1)) {
            Instant due = turn.standing().lastLeave().plus(interval);
            if (due.isAfter(turn.now)) {
                turn.lookAgain(due);
                return;
            }
            HostProgress host = turn.host(i);
            String cluster = host.host().cluster();
            boolean goesBack = host.asked() == HostProgress.Asked.ROLL_BACK;
            if (!goesBack && (cluster.isEmpty() || down.add(cluster))) {
                HostProgress allowed = host.mayReboot(turn.now);
                turn.host(i, allowed);
                tell(turn, allowed);
                turn.note(host.host().id(), "may reboot");
                room--;
            }
        }
    }

    private static Set<String> clustersDown(Turn turn) {
        Set<String> down = new HashSet<>();
        turn.standing().reboots().stream()
                .forEach(i -> down.add(turn.host(i).host().cluster()));
        return down;
    }

    /** After a restart: whether the agent heard of its leave is not known. */
    static void repeat(Turn turn) {
        turn.open().forEach(host -> tell(turn, host));
    }

    private static void tell(Turn turn, HostProgress host) {
        host.reboot()
                .filter(reboot -> reboot.phase() == Reboot.Phase.ALLOWED)
                .ifPresent(reboot ->
                        turn.command(new Command.AllowReboot(host.host().id(), host.runId(), reboot.step())));
    }
}
