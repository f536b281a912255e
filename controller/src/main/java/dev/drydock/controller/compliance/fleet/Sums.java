package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.compliance.rule.RuleState;
import dev.drydock.controller.compliance.rule.Verdict;
import dev.drydock.controller.vulnerability.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hosts counted by policy, team and client; one host can be counted in, and out again. Of one thread. */
final class Sums {
    private final TreeMap<GroupKey, Count> groups = new TreeMap<>();
    private final Map<String, int[]> hidden = new HashMap<>();

    static Sums of(Collection<HostVerdict> hosts) {
        Sums sums = new Sums();
        hosts.forEach(sums::add);
        return sums;
    }

    Sums copy() {
        Sums copy = new Sums();
        groups.forEach((key, count) -> copy.groups.put(key, count.copy()));
        hidden.forEach((waiver, counts) -> copy.hidden.put(waiver, counts.clone()));
        return copy;
    }

    void add(HostVerdict host) {
        count(host, 1);
    }

    /** @param host exactly as it was added */
    void remove(HostVerdict host) {
        count(host, -1);
    }

    private void count(HostVerdict host, int sign) {
        count("", "", host.verdict(), sign);
        for (String label : Group.LABELS) {
            String value = host.host().facts().getLabelsMap().get(label);
            if (value != null) {
                count(label, value, host.verdict(), sign);
            }
        }
        host.verdict().hidden().forEach((waiver, things) -> {
            int[] counts = hidden.computeIfAbsent(waiver, name -> new int[2]);
            counts[0] += sign;
            counts[1] += sign * things;
            if (counts[0] == 0) {
                hidden.remove(waiver);
            }
        });
    }

    private void count(String label, String value, Verdict verdict, int sign) {
        count(new GroupKey("", label, value), verdict.state(), verdict, sign);
        verdict.states().forEach((policy, state) -> count(new GroupKey(policy, label, value), state, verdict, sign));
    }

    private void count(GroupKey key, RuleState state, Verdict verdict, int sign) {
        Count count = groups.computeIfAbsent(key, any -> new Count());
        count.add(state, verdict, sign);
        if (count.hosts == 0) {
            groups.remove(key);
        }
    }

    /** Of a group by all policies together. */
    int hosts(String label, String value) {
        Count count = groups.get(new GroupKey("", label, value));
        return count == null ? 0 : count.hosts;
    }

    Totals totals() {
        return groups.getOrDefault(GroupKey.ALL, new Count()).totals();
    }

    /** Every group, by every policy and by all together; the one of all hosts is there even where there are none. */
    List<Group> all() {
        List<Group> all = new ArrayList<>();
        if (!groups.containsKey(GroupKey.ALL)) {
            all.add(new Group("", "", "", totals()));
        }
        groups.forEach((key, count) -> all.add(new Group(key.policy(), key.label(), key.value(), count.totals())));
        return all;
    }

    int open(Severity severity) {
        return groups.getOrDefault(GroupKey.ALL, new Count()).open[severity.ordinal()];
    }

    int overdue(Severity severity) {
        return groups.getOrDefault(GroupKey.ALL, new Count()).overdue[severity.ordinal()];
    }

    /** Of a waiver: on how many hosts it lets something pass, and how many things; empty: on none. */
    int[] hidden(String waiver) {
        return hidden.getOrDefault(waiver, new int[2]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sums sums
                && sums.all().equals(all())
                && sums.hiddenByName().equals(hiddenByName());
    }

    @Override
    public int hashCode() {
        return groups.keySet().hashCode();
    }

    private Map<String, List<Integer>> hiddenByName() {
        Map<String, List<Integer>> named = new HashMap<>();
        for (String waiver : new TreeSet<>(hidden.keySet())) {
            named.put(waiver, List.of(hidden(waiver)[0], hidden(waiver)[1]));
        }
        return named;
    }

    private static final class Count {
        private final int[] states = new int[RuleState.values().length];
        private final int[] open = new int[Severity.values().length];
        private final int[] overdue = new int[Severity.values().length];
        private int hosts;
        private int waived;
        private int exploited;

        void add(RuleState state, Verdict verdict, int sign) {
            hosts += sign;
            states[state.ordinal()] += sign;
            waived += verdict.hidden().isEmpty() ? 0 : sign;
            exploited += sign * verdict.vulnerabilities().exploited();
            verdict.vulnerabilities()
                    .bySeverity()
                    .forEach((severity, number) -> open[severity.ordinal()] += sign * number);
            verdict.vulnerabilities()
                    .overdue()
                    .forEach((severity, number) -> overdue[severity.ordinal()] += sign * number);
        }

        Count copy() {
            Count copy = new Count();
            System.arraycopy(states, 0, copy.states, 0, states.length);
            System.arraycopy(open, 0, copy.open, 0, open.length);
            System.arraycopy(overdue, 0, copy.overdue, 0, overdue.length);
            copy.hosts = hosts;
            copy.waived = waived;
            copy.exploited = exploited;
            return copy;
        }

        Totals totals() {
            return new Totals(
                    hosts,
                    states[RuleState.COMPLIES.ordinal()] + states[RuleState.WAIVED.ordinal()],
                    states[RuleState.DUE.ordinal()],
                    states[RuleState.LATE.ordinal()],
                    states[RuleState.UNKNOWN.ordinal()],
                    waived,
                    open[Severity.CRITICAL.ordinal()],
                    open[Severity.HIGH.ordinal()],
                    exploited);
        }
    }
}
