package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rollout is to do; fixed when it is made, whatever becomes of its window's name, its playbook's name or its hosts. Only
 * hosts that match later may join its last wave.
 */
public final class RolloutPlan {
    private final String id;
    private final String name;
    private final PlaybookVersion playbook;
    private final Map<String, String> params;
    private final String selector;
    private final Window window;
    private final Strategy strategy;
    private final List<PlannedHost> hosts;
    private final List<Exclusion> notIncluded;
    private final Origin origin;
    private final Limits limits;
    private final Map<String, Integer> positions;
    private final Map<String, List<Integer>> clusters;

    /** @param hosts by wave, waves numbered from 1 without gaps; never empty */
    public RolloutPlan(
            String id,
            String name,
            PlaybookVersion playbook,
            Map<String, String> params,
            String selector,
            Window window,
            Strategy strategy,
            List<PlannedHost> hosts,
            List<Exclusion> notIncluded,
            Origin origin) {
        this.id = id;
        this.name = name;
        this.playbook = playbook;
        this.params = Map.copyOf(params);
        this.selector = selector;
        this.window = window;
        this.strategy = strategy;
        this.hosts = List.copyOf(hosts);
        this.notIncluded = List.copyOf(notIncluded);
        this.origin = origin;
        this.limits = strategy.limits(WavePlan.sizes(this.hosts));
        Map<String, Integer> index = new HashMap<>();
        for (PlannedHost host : this.hosts) {
            if (index.putIfAbsent(host.id(), index.size()) != null) {
                throw new IllegalArgumentException("host " + host.id() + " is twice in rollout " + name);
            }
        }
        // Not Map.copyOf: its linear probing is slow for names that are numbered.
        this.positions = Collections.unmodifiableMap(index);
        Map<String, List<Integer>> together = new HashMap<>();
        for (int i = 0; i < this.hosts.size(); i++) {
            String cluster = this.hosts.get(i).cluster();
            if (!cluster.isEmpty()) {
                together.computeIfAbsent(cluster, any -> new ArrayList<>()).add(i);
            }
        }
        this.clusters = Collections.unmodifiableMap(together);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public PlaybookVersion playbook() {
        return playbook;
    }

    public Map<String, String> params() {
        return params;
    }

    /** CEL over {@code host}, as written. */
    public String selector() {
        return selector;
    }

    public Window window() {
        return window;
    }

    public Strategy strategy() {
        return strategy;
    }

    public List<PlannedHost> hosts() {
        return hosts;
    }

    public List<Exclusion> notIncluded() {
        return notIncluded;
    }

    public Origin origin() {
        return origin;
    }

    /** Whether a second person has to approve this wave before it may begin. An emergency begins with an approval always. */
    public boolean needsApproval(int wave) {
        return strategy.approveBefore().contains(wave)
                || (wave == 1 && origin.emergency().isPresent());
    }

    public Limits limits() {
        return limits;
    }

    public int waves() {
        return limits.waves().size();
    }

    /** Of the hosts of a cluster. */
    List<Integer> positions(String cluster) {
        return clusters.getOrDefault(cluster, List.of());
    }

    /**
     * With hosts that came later.
     *
     * @param joined of the last wave
     * @param late that could not join; what was said of these hosts before is replaced
     */
    RolloutPlan with(List<PlannedHost> joined, List<Exclusion> late) {
        Set<String> told = Stream.concat(
                        joined.stream().map(PlannedHost::name), late.stream().map(Exclusion::host))
                .collect(Collectors.toSet());
        return new RolloutPlan(
                id,
                name,
                playbook,
                params,
                selector,
                window,
                strategy,
                Stream.concat(hosts.stream(), joined.stream()).toList(),
                Stream.concat(notIncluded.stream().filter(left -> !told.contains(left.host())), late.stream())
                        .toList(),
                origin);
    }

    OptionalInt position(String hostId) {
        Integer at = positions.get(hostId);
        return at == null ? OptionalInt.empty() : OptionalInt.of(at);
    }
}
