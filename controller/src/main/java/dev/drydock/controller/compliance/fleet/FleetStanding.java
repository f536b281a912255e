package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.waiver.Waiver;
import java.time.Instant;
import java.util.List;

/**
 * How hosts stand by their policies at an instant.
 *
 * @param hosts those that were asked for, by name
 * @param groups of these hosts, by label
 * @param trend of the last days; of groups only of which every host is among those that were asked for
 * @param remediation worst severity first
 * @param waivers that let something pass on these hosts
 */
public record FleetStanding(
        Instant at,
        List<HostVerdict> hosts,
        Totals totals,
        List<Group> groups,
        List<Group> byPolicy,
        List<TrendPoint> trend,
        List<Remediation> remediation,
        List<Hidden> waivers) {
    public FleetStanding {
        groups = List.copyOf(groups);
        byPolicy = List.copyOf(byPolicy);
        trend = List.copyOf(trend);
        remediation = List.copyOf(remediation);
        waivers = List.copyOf(waivers);
    }

    /**
     * What a waiver lets pass.
     *
     * @param hosts on how many
     * @param things findings and rules, on all of them
     */
    public record Hidden(Waiver waiver, int hosts, int things) {}
}
