package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Candidate;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.rollout.WavePlan;
import dev.drydock.controller.simulation.Draws.Of;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The hosts of a scenario by number, in an order in which groups are mixed; it is that of the rollouts. */
final class Fleet {
    private final List<HostGroup> groups;
    private final int[] groupOf;
    private final List<Candidate> names;

    Fleet(Scenario scenario, Draws draws) {
        this.groups = scenario.groups();
        List<Member> members = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (int i = 0; i < groups.get(group).hosts(); i++) {
                members.add(new Member(group, i));
            }
        }
        List<Member> mixed = IntStream.range(0, members.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> draws.bits(Of.ORDER, i, 0, 0)))
                .map(members::get)
                .toList();
        this.groupOf = mixed.stream().mapToInt(Member::group).toArray();
        this.names = IntStream.range(0, mixed.size())
                .mapToObj(host -> name(host, mixed.get(host)))
                .toList();
    }

    private Candidate name(int host, Member member) {
        HostGroup group = groups.get(member.group());
        String name = String.format(Locale.ROOT, "%s-%d", group.name(), member.number() + 1);
        String cluster = group.clusterSize() == 0 ? "" : group.name() + "-" + (member.number() / group.clusterSize());
        return new Candidate(id(host), name, cluster);
    }

    int size() {
        return groupOf.length;
    }

    HostGroup group(int host) {
        return groups.get(groupOf[host]);
    }

    Availability availability(Draws draws, long from) {
        return new Availability(groups, groupOf, draws, from);
    }

    /** A strategy that keeps none apart knows of no clusters. */
    List<PlannedHost> planned(Strategy strategy) {
        boolean apart = !strategy.neverTogether().isEmpty();
        return WavePlan.of(
                strategy,
                names.stream()
                        .map(host -> apart ? host : new Candidate(host.id(), host.name(), ""))
                        .toList());
    }

    /** Begins with what spreads well in tables. */
    static String id(int host) {
        return String.format(Locale.ROOT, "%08x-%d", host * 0x9E3779B1, host);
    }

    static int number(String hostId) {
        return Integer.parseInt(hostId, 9, hostId.length(), 10);
    }

    private record Member(int group, int number) {}
}
