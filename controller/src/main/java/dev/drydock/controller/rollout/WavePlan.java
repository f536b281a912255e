package dev.drydock.controller.rollout;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list of hosts into waves. */
public final class WavePlan {
    private WavePlan() {}

    /** @param hosts in the order in which they are to go */
    public static List<PlannedHost> of(Strategy strategy, List<Candidate> hosts) {
        List<PlannedHost> planned = new ArrayList<>();
        int wave = 0;
        for (int size : strategy.waveSizes(hosts.size())) {
            wave++;
            for (Candidate host : hosts.subList(planned.size(), planned.size() + size)) {
                planned.add(new PlannedHost(host.id(), host.name(), wave, host.cluster()));
            }
        }
        return planned;
    }

    /** Hosts in each wave. */
    static List<Integer> sizes(List<PlannedHost> hosts) {
        List<Integer> sizes = new ArrayList<>();
        for (PlannedHost host : hosts) {
            if (host.wave() == sizes.size() + 1) {
                sizes.add(1);
            } else if (host.wave() == sizes.size() && !sizes.isEmpty()) {
                sizes.set(host.wave() - 1, sizes.getLast() + 1);
            } else {
                throw new IllegalArgumentException(host + " is out of order: waves are numbered from 1 without gaps");
            }
        }
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("a rollout needs at least one host");
        }
        return sizes;
    }
}
