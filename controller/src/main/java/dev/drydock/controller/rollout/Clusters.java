package dev.drydock.controller.rollout;

import dev.drydock.proto.agent.v1.RunState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many hosts of each cluster are down, or may be: those that a run is open on, and those of which nobody knows that they
 * are as before (a run that was lost, a way back that failed). Of the latter no further run frees the cluster, only a person.
 */
final class Clusters {
    private static final String WHY = "in its cluster ";

    private final int most;
    private final Map<String, Integer> down = new HashMap<>();

    private Clusters(int most) {
        this.most = most;
    }

    static Clusters of(Turn turn) {
        Clusters clusters =
                new Clusters(turn.plan.strategy().apart().map(Apart::most).orElse(Integer.MAX_VALUE));
        turn.hosts().filter(host -> host.open() || unknown(host)).forEach(host -> clusters.enter(host.host()));
        return clusters;
    }

    boolean admits(PlannedHost host) {
        return host.cluster().isEmpty() || down.getOrDefault(host.cluster(), 0) < most;
    }

    void enter(PlannedHost host) {
        down.merge(host.cluster(), 1, Integer::sum);
    }

    /** Hosts that could begin but for others of their cluster that will not be up again by themselves do not hold up a wave. */
    static void mark(Turn turn) {
        Optional<Apart> apart = turn.plan.strategy().apart();
        if (apart.isEmpty()) {
            return;
        }
        for (int i = 0; i < turn.size(); i++) {
            HostProgress host = turn.host(i);
            if (host.waiting() && (host.unready().isEmpty() || host.unready().startsWith(WHY))) {
                String why = heldUp(turn, host.host(), apart.get().most());
                if (!why.equals(host.unready())) {
                    turn.host(i, host.seen(why));
                }
            }
        }
    }

    private static String heldUp(Turn turn, PlannedHost of, int most) {
        if (of.cluster().isEmpty()) {
            return "";
        }
        var gone = turn.hosts()
                .filter(host -> host.host().cluster().equals(of.cluster()) && unknown(host))
                .toList();
        return gone.size() < most
                ? ""
                : WHY + of.cluster() + " " + gone.getFirst().host().name() + " is "
                        + (gone.getFirst().state() == RunState.LOST ? "lost" : "neither patched nor as before");
    }

    private static boolean unknown(HostProgress host) {
        return host.state() == RunState.LOST || host.state() == RunState.ROLLBACK_FAILED;
    }
}
