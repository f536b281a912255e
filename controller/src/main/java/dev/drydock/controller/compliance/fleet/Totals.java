package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.compliance.rule.HostStanding;
import dev.drydock.controller.compliance.rule.RuleState;
import dev.drydock.controller.vulnerability.Severity;
import java.util.Collection;

/**
 * Hosts counted; compliant, due, late and unknown add up to hosts.
 *
 * @param compliant those too of which something is waived
 * @param waived hosts of which something is waived, however they stand
 * @param critical open vulnerabilities of that severity on all of them
 * @param exploited open vulnerabilities that are known to be exploited
 */
public record Totals(
        int hosts, int compliant, int due, int late, int unknown, int waived, int critical, int high, int exploited) {
    public static Totals of(Collection<HostStanding> hosts) {
        return count(hosts, "");
    }

    /** By one policy alone. */
    static Totals by(String policy, Collection<HostStanding> hosts) {
        return count(
                hosts.stream().filter(host -> host.states().containsKey(policy)).toList(), policy);
    }

    private static Totals count(Collection<HostStanding> hosts, String policy) {
        int[] states = new int[RuleState.values().length];
        int waived = 0;
        int critical = 0;
        int high = 0;
        int exploited = 0;
        for (HostStanding host : hosts) {
            RuleState state = policy.isEmpty() ? host.state() : host.states().getOrDefault(policy, RuleState.UNKNOWN);
            states[state.ordinal()]++;
            waived += host.hidden().isEmpty() ? 0 : 1;
            critical += host.vulnerabilities().of(Severity.CRITICAL);
            high += host.vulnerabilities().of(Severity.HIGH);
            exploited += host.vulnerabilities().exploited();
        }
        return new Totals(
                hosts.size(),
                states[RuleState.COMPLIES.ordinal()] + states[RuleState.WAIVED.ordinal()],
                states[RuleState.DUE.ordinal()],
                states[RuleState.LATE.ordinal()],
                states[RuleState.UNKNOWN.ordinal()],
                waived,
                critical,
                high,
                exploited);
    }
}
