package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.finding.FindingStore;
import dev.drydock.controller.compliance.finding.Findings;
import dev.drydock.controller.compliance.fleet.Verdicts.Basis;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the fleet stands now, by what is on record. Thread-safe. */
public final class Standings {
    /** How far back trends and times of remediation go. */
    public static final int DAYS = 90;

    private final HostDirectory hosts;
    private final PolicyLibrary policies;
    private final Vulnerabilities vulnerabilities;
    private final Findings findings;
    private final Waivers waivers;
    private final KnownTrend trend;
    private final MendedLately mended;
    private final Verdicts verdicts = new Verdicts();
    private final Lifetimes lifetimes = Lifetimes.builtIn();
    private final InstantSource clock;
    private @Nullable List<HostView> lastAll;
    private List<HostView> lastMembers = List.of();

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
        this.mended = new MendedLately(history);
        this.waivers = waivers;
        this.trend = new KnownTrend(trend);
        this.clock = clock;
    }

    /** Hosts that are part of the fleet, with their findings up to date. */
    private List<HostView> refreshed(Judge judge) {
        List<HostView> all = members(hosts.all());
        try {
            mended.add(findings.refresh(all, vulnerabilities.index(), judge.now(), judge::limit));
        } catch (RuntimeException e) {
            mended.forget();
            throw e;
        }
        return all;
    }

    /** The same list again of the same hosts: then nobody has to look through it. */
    private synchronized List<HostView> members(List<HostView> all) {
        if (all != lastAll) {
            lastAll = all;
            lastMembers = all.stream().filter(host -> !host.revoked()).toList();
        }
        return lastMembers;
    }

    private Basis basis(Instant now) {
        return new Basis(policies.active(), waivers.standing(now), vulnerabilities.index());
    }

    private Judge judge(Basis basis, Instant now) {
        return new Judge(
                basis.policies(),
                policies.fallback(),
                new StandingWaivers(basis.waivers()),
                basis.index(),
                lifetimes,
                now);
    }

    private Judge judge() {
        Instant now = clock.instant();
        return judge(basis(now), now);
    }

    /** Looks at what hosts told since; findings begin and end when they are looked at. */
    public void refresh() {
        Instant unused = looked();
    }

    /** As {@link #refresh}. @return when it looked */
    public Instant looked() {
        Instant now = clock.instant();
        Basis basis = basis(now);
        Verdicts.Look unused = look(judge(basis, now), basis);
        return now;
    }

    private Verdicts.Look look(Judge judge, Basis basis) {
        List<HostView> all = refreshed(judge);
        return verdicts.look(judge, basis, all, findings.changes(), host -> findings.of(host.id()));
    }

    /** Of some hosts everything, as of an instant; those that are known. */
    public List<HostStanding> standings(Collection<String> ids, Instant at) {
        Judge judge = judge(basis(at), at);
        return verdicts.of(ids).stream()
                .map(host -> judge.judge(host.host(), host.findings()))
                .toList();
    }

    public FleetStanding fleet(Predicate<Host> selected) {
        Instant now = clock.instant();
        Basis basis = basis(now);
        Verdicts.Look whole = look(judge(basis, now), basis);
        List<HostVerdict> some = whole.hosts().stream()
                .filter(host -> selected.test(host.host().facts()))
                .toList();
        boolean every = some.size() == whole.hosts().size();
        List<HostVerdict> chosen = every ? whole.hosts() : some;
        Sums sums = every ? whole.sums() : Sums.of(chosen);
        LocalDate from = now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1L);
        List<Group> groups = sums.all();
        return new FleetStanding(
                now,
                chosen,
                sums.totals(),
                groups.stream()
                        .filter(group ->
                                group.policy().isEmpty() && !group.label().isEmpty())
                        .toList(),
                groups.stream()
                        .filter(group ->
                                group.label().isEmpty() && !group.policy().isEmpty())
                        .toList(),
                trend(from, whole.sums(), sums),
                Remediation.of(sums, mended.of(from, chosen)),
                hidden(sums));
    }

    /** A group's past is that of all its hosts: nobody is told of it who asked for some of them, or may see only some. */
    private List<TrendPoint> trend(LocalDate from, Sums all, Sums chosen) {
        return trend.since(from).stream()
                .filter(point -> point.group().policy().isEmpty()
                        || point.group().label().isEmpty())
                .filter(point -> whole(point.group(), all, chosen))
                .toList();
    }

    private static boolean whole(Group group, Sums all, Sums chosen) {
        int hosts = all.hosts(group.label(), group.value());
        // Of a group that has no hosts any more the past is that of hosts of the whole fleet.
        return hosts == 0
                ? all.hosts("", "") == chosen.hosts("", "")
                : hosts == chosen.hosts(group.label(), group.value());
    }

    private List<FleetStanding.Hidden> hidden(Sums sums) {
        List<FleetStanding.Hidden> all = new ArrayList<>();
        for (Waiver waiver : waivers.all()) {
            int[] count = sums.hidden(waiver.name());
            if (count[0] > 0) {
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
            Instant now = clock.instant();
            Basis basis = basis(now);
            trend.put(today, look(judge(basis, now), basis).sums().all());
        }
    }
}
