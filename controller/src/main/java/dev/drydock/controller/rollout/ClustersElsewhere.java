package dev.drydock.controller.rollout;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Clusters that other rollouts are at work on, or have left a host in of which nobody knows how it is. A rollout starts nothing in
 * them, whichever of the two keeps the hosts apart: a pair is never down together, whoever changes it.
 */
final class ClustersElsewhere {
    private static final ClustersElsewhere NONE = new ClustersElsewhere(Map.of());

    /** By label, then by its value: what is to be said. */
    private final Map<String, Map<String, String>> busy;

    private ClustersElsewhere(Map<String, Map<String, String>> busy) {
        this.busy = busy;
    }

    /** @param labels of a host now, by its id */
    static ClustersElsewhere than(
            Rollout mine, Collection<Rollout> live, Function<String, Map<String, String>> labels) {
        Map<String, Map<String, String>> busy = new HashMap<>();
        for (Rollout other : live) {
            Set<String> apart = new LinkedHashSet<>();
            mine.plan().strategy().apart().map(Apart::label).ifPresent(apart::add);
            other.plan().strategy().apart().map(Apart::label).ifPresent(apart::add);
            if (other.id().equals(mine.id()) || apart.isEmpty()) {
                continue;
            }
            Standing standing = HostList.of(other.hosts()).standing();
            BitSet down = standing.open();
            down.or(standing.unknown());
            down.stream().mapToObj(other.hosts()::get).forEach(host -> {
                Map<String, String> has = labels.apply(host.host().id());
                for (String label : apart) {
                    String value = has.getOrDefault(label, "");
                    if (!value.isEmpty()) {
                        busy.computeIfAbsent(label, any -> new HashMap<>())
                                .putIfAbsent(
                                        value,
                                        "rollout " + other.name() + " is at work on "
                                                + host.host().name() + ", which has labels." + label + " " + value
                                                + " too");
                    }
                }
            });
        }
        return busy.isEmpty() ? NONE : new ClustersElsewhere(busy);
    }

    boolean isEmpty() {
        return busy.isEmpty();
    }

    /** Why nothing may start on a host with these labels. */
    Optional<String> bars(Map<String, String> labels) {
        return busy.entrySet().stream()
                .flatMap(label ->
                        Optional.ofNullable(label.getValue().get(labels.getOrDefault(label.getKey(), ""))).stream())
                .findFirst();
    }
}
