package dev.drydock.controller.rollout;

import dev.drydock.proto.agent.v1.RunState;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
        Optional<Apart> apart = turn.plan.strategy().apart();
        Clusters clusters = new Clusters(apart.map(Apart::most).orElse(Integer.MAX_VALUE));
        if (apart.isPresent()) {
            BitSet down = (BitSet) turn.standing().open().clone();
            down.or(turn.standing().unknown());
            down.stream().forEach(i -> clusters.count(turn.host(i)));
        }
        return clusters;
    }

    /** Where it is of those that may be down, and to be tried again, it is not in its own way. */
    boolean admits(HostProgress host) {
        String cluster = host.host().cluster();
        return cluster.isEmpty() || down.getOrDefault(cluster, 0) - (unknown(host) ? 1 : 0) < most;
    }

    /** It begins. */
    void enter(HostProgress host) {
        if (!unknown(host)) {
            count(host);
        }
    }

    private void count(HostProgress host) {
        String cluster = host.host().cluster();
        if (!cluster.isEmpty()) {
            down.merge(cluster, 1, Integer::sum);
        }
    }

    /** Hosts that could begin but for others of their cluster that will not be up again by themselves do not hold up a wave. */
    static void mark(Turn turn) {
        Optional<Apart> apart = turn.plan.strategy().apart();
        if (apart.isEmpty()) {
            return;
        }
        Map<String, List<HostProgress>> gone = turn.standing().unknown().stream()
                .mapToObj(turn::host)
                .filter(host -> !host.host().cluster().isEmpty())
                .collect(Collectors.groupingBy(host -> host.host().cluster()));
        BitSet concerned = (BitSet) turn.standing().unready().clone();
        gone.keySet().forEach(cluster -> turn.plan.positions(cluster).forEach(concerned::set));
        for (int i = concerned.nextSetBit(0); i >= 0; i = concerned.nextSetBit(i + 1)) {
            HostProgress host = turn.host(i);
            if (host.waiting() && (host.unready().isEmpty() || host.unready().startsWith(WHY))) {
                String why = heldUp(host, gone, apart.get().most());
                if (!why.equals(host.unready())) {
                    turn.host(i, host.seen(why));
                }
            }
        }
    }

    private static String heldUp(HostProgress host, Map<String, List<HostProgress>> gone, int most) {
        String cluster = host.host().cluster();
        List<HostProgress> of = gone.getOrDefault(cluster, List.of()).stream()
                .filter(other -> other != host)
                .toList();
        if (cluster.isEmpty() || of.size() < most) {
            return "";
        }
        HostProgress first = of.getFirst();
        return WHY + cluster + " " + first.host().name() + " is "
                + (first.state() == RunState.LOST ? "lost" : "neither patched nor as before");
    }

    private static boolean unknown(HostProgress host) {
        return host.state() == RunState.LOST || host.state() == RunState.ROLLBACK_FAILED;
    }
}
