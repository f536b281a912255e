package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.compliance.rule.HostStanding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hosts of one label's value, by one policy.
 *
 * @param policy its name; empty: by all policies together
 * @param label {@code team} or {@code client}; empty: all hosts
 */
public record Group(String policy, String label, String value, Totals totals) {
    /** By which hosts are put together. */
    public static final List<String> LABELS = List.of("team", "client");

    /** All hosts together and by label, by all policies together. */
    public static List<Group> byLabel(List<HostStanding> hosts) {
        List<Group> groups = new ArrayList<>();
        values(hosts)
                .forEach((key, members) -> groups.add(new Group("", key.label(), key.value(), Totals.of(members))));
        return groups;
    }

    /** The same by each policy too. */
    static List<Group> all(List<HostStanding> hosts) {
        List<Group> groups = new ArrayList<>(byLabel(hosts));
        TreeSet<String> policies = new TreeSet<>();
        hosts.forEach(host -> policies.addAll(host.states().keySet()));
        values(hosts)
                .forEach((key, members) -> policies.forEach(policy -> {
                    Totals totals = Totals.by(policy, members);
                    if (totals.hosts() > 0) {
                        groups.add(new Group(policy, key.label(), key.value(), totals));
                    }
                }));
        return groups;
    }

    /** A label and what it is set to. */
    record Key(String label, String value) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::label).thenComparing(Key::value);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Of all hosts the group with empty label is there even where there are none. */
    static Map<Key, List<HostStanding>> values(List<HostStanding> hosts) {
        Map<Key, List<HostStanding>> groups = new TreeMap<>();
        groups.put(new Key("", ""), hosts);
        for (HostStanding host : hosts) {
            for (String label : LABELS) {
                String value = host.host().facts().getLabelsMap().get(label);
                if (value != null) {
                    groups.computeIfAbsent(new Key(label, value), key -> new ArrayList<>())
                            .add(host);
                }
            }
        }
        return groups;
    }
}
