package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.finding.FindingStore;
import dev.drydock.controller.compliance.finding.Findings;
import dev.drydock.controller.compliance.rule.HostStanding;
import dev.drydock.controller.compliance.rule.Judge;
import dev.drydock.controller.compliance.rule.Lifetimes;
import dev.drydock.controller.policy.PolicyLibrary;
import dev.drydock.controller.vulnerability.Vulnerabilities;
import dev.drydock.controller.waiver.StandingWaivers;
import dev.drydock.controller.waiver.Waiver;
import dev.drydock.controller.waiver.Waivers;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** How the fleet stands now, by what is on record. Thread-safe. */
public final class Standings {
    /** How far back trends and times of remediation go. */
    public static final int DAYS = 90;

    private final HostDirectory hosts;
    private final PolicyLibrary policies;
    private final Vulnerabilities vulnerabilities;
    private final Findings findings;
    private final FindingStore history;
    private final Waivers waivers;
    private final TrendStore trend;
    private final Lifetimes lifetimes = Lifetimes.builtIn();
    private final InstantSource clock;

    public Standings(
            HostDirectory hosts,
            PolicyLibrary policies,
            Vulnerabilities vulnerabilities,
            Findings findings,
            FindingStore history,
            Waivers waivers,
            TrendStore trend,
            InstantSource clock) {
        this.hosts = hosts;
        this.policies = policies;
        this.vulnerabilities = vulnerabilities;
        this.findings = findings;
        this.history = history;
        this.waivers = waivers;
        this.trend = trend;
        this.clock = clock;
    }

    /** Hosts that are part of the fleet, with their findings up to date. */
    private List<HostView> refreshed(Judge judge) {
        List<HostView> all =
                hosts.all().stream().filter(host -> !host.revoked()).toList();
        findings.refresh(all, vulnerabilities.index(), judge.now(), judge::limit);
        return all;
    }

    private Judge judge() {
        Instant now = clock.instant();
        return new Judge(
                policies.active(),
                policies.fallback(),
                new StandingWaivers(waivers.standing(now)),
                vulnerabilities.index(),
                lifetimes,
                now);
    }

    /** Looks at what hosts told since; findings begin and end when they are looked at. */
    public void refresh() {
        refreshed(judge());
    }

    /** Each host that is selected, by name. */
    public List<HostStanding> hosts(Predicate<Host> selected) {
        Judge judge = judge();
        return judged(judge, refreshed(judge), selected);
    }

    private List<HostStanding> judged(Judge judge, List<HostView> all, Predicate<Host> selected) {
        return all.stream()
                .filter(host -> selected.test(host.facts()))
                .map(host -> judge.judge(host, findings.of(host.id())))
                .toList();
    }

    public FleetStanding fleet(Predicate<Host> selected) {
        Judge judge = judge();
        List<HostView> all = refreshed(judge);
        List<HostStanding> judged = judged(judge, all, selected);
        LocalDate from = judge.now().atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1L);
        return new FleetStanding(
                judge.now(),
                judged,
                Totals.of(judged),
                Group.byLabel(judged).stream()
                        .filter(group -> !group.label().isEmpty())
                        .toList(),
                Group.all(judged).stream()
                        .filter(group ->
                                group.label().isEmpty() && !group.policy().isEmpty())
                        .toList(),
                trend(from, all, judged),
                Remediation.of(judged, history.mendedSince(from)),
                hidden(judged));
    }

    /** A group's past is that of all its hosts: nobody is told of it who asked for some of them, or may see only some. */
    private List<TrendPoint> trend(LocalDate from, List<HostView> all, List<HostStanding> judged) {
        Set<String> shown = new HashSet<>();
        judged.forEach(host -> shown.add(host.host().id()));
        Map<Group.Key, Boolean> whole = new HashMap<>();
        return trend.since(from).stream()
                .filter(point -> point.group().policy().isEmpty()
                        || point.group().label().isEmpty())
                .filter(point -> whole.computeIfAbsent(
                        new Group.Key(point.group().label(), point.group().value()), key -> whole(key, all, shown)))
                .toList();
    }

    private static boolean whole(Group.Key group, List<HostView> all, Set<String> shown) {
        List<HostView> members = all.stream()
                .filter(host -> group.value().equals(host.facts().getLabelsMap().get(group.label())))
                .toList();
        // Of a group that has no hosts any more the past is that of hosts of the whole fleet.
        return (members.isEmpty() ? all : members).stream().allMatch(host -> shown.contains(host.id()));
    }

    private List<FleetStanding.Hidden> hidden(List<HostStanding> judged) {
        Map<String, int[]> counts = new HashMap<>();
        for (HostStanding host : judged) {
            host.hidden().forEach((waiver, things) -> {
                int[] count = counts.computeIfAbsent(waiver, name -> new int[2]);
                count[0]++;
                count[1] += things;
            });
        }
        List<FleetStanding.Hidden> all = new ArrayList<>();
        for (Waiver waiver : waivers.all()) {
            int[] count = counts.get(waiver.name());
            if (count != null) {
                all.add(new FleetStanding.Hidden(waiver, count[0], count[1]));
            }
        }
        return all;
    }

    /** Vulnerabilities that the selected hosts have: exploited ones first, then by severity, then by how many have them. */
    public List<Exposure> exposures(Predicate<Host> selected) {
        Map<String, Exposure.Counter> counters = new HashMap<>();
        eachVulnerability(selected, (host, finding, waiver) -> counters.computeIfAbsent(
                        finding.subject(), cve -> new Exposure.Counter(finding))
                .add(finding, waiver.isPresent()));
        return counters.values().stream()
                .map(Exposure.Counter::done)
                .sorted(Comparator.comparing(Exposure::exploited)
                        .thenComparing(Exposure::severity)
                        .thenComparing(Exposure::hosts)
                        .reversed()
                        .thenComparing(Exposure::cve))
                .toList();
    }

    /** The selected hosts that have one, by name. */
    public List<Exposure.Affected> affected(String cve, Predicate<Host> selected) {
        List<Exposure.Affected> all = new ArrayList<>();
        eachVulnerability(selected, (host, finding, waiver) -> {
            if (finding.subject().equals(cve)) {
                all.add(new Exposure.Affected(host.name(), finding, waiver.map(Waiver::name)));
            }
        });
        return all;
    }

    private void eachVulnerability(Predicate<Host> selected, Visitor visitor) {
        Judge judge = judge();
        StandingWaivers standing = new StandingWaivers(waivers.standing(judge.now()));
        for (HostView host : refreshed(judge)) {
            if (selected.test(host.facts())) {
                findings.of(host.id()).stream()
                        .filter(finding -> finding.kind() == FindingKind.VULNERABILITY)
                        .forEach(finding -> visitor.visit(host, finding, standing.of(finding, host.facts())));
            }
        }
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(HostView host, Finding finding, Optional<Waiver> waiver);
    }

    /** Keeps how the fleet stands today (UTC), unless that was done already. */
    public void keepToday() {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!trend.has(today)) {
            trend.put(today, Group.all(hosts(host -> true)));
        }
    }
}
