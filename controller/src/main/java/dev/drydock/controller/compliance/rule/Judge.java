package dev.drydock.controller.compliance.rule;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.policy.ActivePolicy;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.controller.waiver.StandingWaivers;
import dev.drydock.controller.waiver.Waiver;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.policy.Check;
import dev.drydock.playbooks.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Judges hosts by the policies and the waivers of an instant. Pure; safe for use by several threads. */
public final class Judge {
    private final List<ActivePolicy> pushed;
    private final ActivePolicy fallback;
    private final StandingWaivers waivers;
    private final VulnerabilityIndex index;
    private final Checks checks;
    private final Instant now;
    private final Map<Danger, Optional<Duration>> dangers = new ConcurrentHashMap<>();

    /** @param fallback for hosts that none of the pushed ones is for */
    public Judge(
            List<ActivePolicy> pushed,
            ActivePolicy fallback,
            StandingWaivers waivers,
            VulnerabilityIndex index,
            Lifetimes lifetimes,
            Instant now) {
        this.pushed = List.copyOf(pushed);
        this.fallback = fallback;
        this.waivers = waivers;
        this.index = index;
        this.checks = new Checks(index, lifetimes);
        this.now = now;
    }

    public Instant now() {
        return now;
    }

    /** A policy, and why nobody can tell whether it is for the host; empty: it is. */
    private record Applied(ActivePolicy policy, Optional<String> doubt) {}

    /** What decides for how long a vulnerability may stay. */
    private record Danger(List<String> policies, Severity severity, boolean exploited) {}

    private List<Applied> policies(HostView host) {
        List<Applied> applied = new ArrayList<>();
        for (ActivePolicy policy : pushed) {
            try {
                if (policy.isFor(host.facts())) {
                    applied.add(new Applied(policy, Optional.empty()));
                }
            } catch (EvaluationException e) {
                applied.add(new Applied(policy, Optional.of("whether it is for this host: " + e.getMessage())));
            }
        }
        return applied.isEmpty() ? List.of(new Applied(fallback, Optional.empty())) : applied;
    }

    /** For how long a finding may stay on a host: the shortest time of its policies; empty: for ever. */
    public Optional<Duration> limit(HostView host, Finding finding) {
        return limit(policies(host), finding);
    }

    private static Optional<Duration> limit(List<Applied> applied, Finding finding) {
        return applied.stream()
                .flatMap(one -> one.policy().policy().rules().stream())
                .flatMap(rule -> limit(rule.check(), finding).stream())
                .min(Duration::compareTo);
    }

    private static Optional<Duration> limit(Check check, Finding finding) {
        return switch (finding.kind()) {
            case VULNERABILITY ->
                check instanceof Check.Vulnerabilities limits
                        ? limits.limit(finding.severity().word(), finding.exploited())
                        : Optional.empty();
            case UPDATE -> check instanceof Check.SecurityUpdates one ? Optional.of(one.limit()) : Optional.empty();
            case REBOOT -> check instanceof Check.RebootPending one ? Optional.of(one.limit()) : Optional.empty();
            case SITE -> check instanceof Check.WordPressBehind one ? Optional.of(one.limit()) : Optional.empty();
        };
    }

    /** @param findings of the host, all that are open */
    public HostStanding judge(HostView host, List<Finding> findings) {
        return judge(host, findings, new Horizon(now));
    }

    /** What of {@link #judge} stays as it is for a time, and until when. */
    public Verdict verdict(HostView host, List<Finding> findings) {
        Horizon horizon = new Horizon(now);
        HostStanding standing = judge(host, findings, horizon);
        return Verdict.of(standing, now, horizon.until());
    }

    private HostStanding judge(HostView host, List<Finding> findings, Horizon horizon) {
        List<Applied> applied = policies(host);
        Map<String, Integer> hidden = new HashMap<>();
        VulnerabilityCounts.Counter counts = new VulnerabilityCounts.Counter();
        List<Finding> counted = new ArrayList<>(findings.size());
        List<String> names =
                applied.stream().map(one -> one.policy().reference()).toList();
        Map<FindingKind, Set<String>> waived = new EnumMap<>(FindingKind.class);
        for (Finding finding : findings) {
            Optional<Waiver> waiver = waivers.of(finding, host.facts());
            boolean vulnerability = finding.kind() == FindingKind.VULNERABILITY;
            if (waiver.isPresent()) {
                hidden.merge(waiver.get().name(), 1, Integer::sum);
                waived.computeIfAbsent(finding.kind(), kind -> new TreeSet<>())
                        .add(waiver.get().name());
                if (vulnerability) {
                    counts.waive();
                }
                continue;
            }
            counted.add(finding);
            if (vulnerability) {
                counts.add(
                        finding,
                        over(
                                dangers.computeIfAbsent(
                                        new Danger(names, finding.severity(), finding.exploited()),
                                        danger -> limit(applied, finding)),
                                finding,
                                horizon));
            }
        }
        Subject subject = Subject.of(host, counted, now, horizon);
        Subject whole = waived.isEmpty() ? subject : Subject.of(host, findings, now, horizon);
        Map<String, RuleState> states = new HashMap<>();
        List<RuleResult> results = new ArrayList<>();
        for (Applied one : applied) {
            RuleState worst = RuleState.COMPLIES;
            for (Policy.Rule rule : rules(one.policy()).toList()) {
                RuleResult result = result(one, rule, subject, hidden);
                if (result.state() == RuleState.COMPLIES && whole != subject) {
                    result = unhidden(result, outcome(one, rule, whole), waived);
                }
                results.add(result);
                worst = worst.worse(result.state());
            }
            states.put(one.policy().name(), worst);
        }
        return new HostStanding(host, states, results, counts.done(), hidden);
    }

    private boolean over(Optional<Duration> limit, Finding finding, Horizon horizon) {
        limit.ifPresent(most -> horizon.note(finding.firstSeen().plus(most)));
        return limit.filter(most -> finding.age(now).compareTo(most) > 0).isPresent();
    }

    /** The built-in policy asks for vulnerabilities only once there is a feed: without any, every host would be unknown by it. */
    private Stream<Policy.Rule> rules(ActivePolicy policy) {
        return policy.policy().rules().stream()
                .filter(rule ->
                        !policy.builtIn() || !(rule.check() instanceof Check.Vulnerabilities) || !index.isEmpty());
    }

    private Outcome outcome(Applied applied, Policy.Rule rule, Subject subject) {
        return applied.doubt()
                .map(Outcome::unknown)
                .orElseGet(() -> checks.of(
                        rule.check(),
                        Optional.ofNullable(applied.policy().conditions().get(rule.id())),
                        subject));
    }

    /** What would be broken but for findings that are waived is not passed over in silence. */
    private static RuleResult unhidden(RuleResult kept, Outcome whole, Map<FindingKind, Set<String>> waived) {
        Set<String> waivers = waived.getOrDefault(kind(kept.rule().check()), Set.of());
        if (whole.state() == RuleState.COMPLIES || waivers.isEmpty()) {
            return kept;
        }
        return new RuleResult(
                kept.policy(),
                kept.rule(),
                RuleState.WAIVED,
                whole.detail(),
                whole.due(),
                Optional.empty(),
                Optional.of(String.join(" ", waivers)));
    }

    /** Of the findings that a check looks at. */
    private static FindingKind kind(Check check) {
        return switch (check) {
            case Check.SecurityUpdates updates -> FindingKind.UPDATE;
            case Check.RebootPending reboot -> FindingKind.REBOOT;
            case Check.WordPressBehind behind -> FindingKind.SITE;
            default -> FindingKind.VULNERABILITY;
        };
    }

    private RuleResult result(Applied applied, Policy.Rule rule, Subject subject, Map<String, Integer> hidden) {
        ActivePolicy policy = applied.policy();
        Outcome outcome = outcome(applied, rule, subject);
        Optional<String> waiver = outcome.state() == RuleState.COMPLIES
                ? Optional.empty()
                : waivers.ofRule(policy.name(), rule.id(), subject.facts()).map(Waiver::name);
        waiver.ifPresent(name -> hidden.merge(name, 1, Integer::sum));
        return new RuleResult(
                policy.reference(),
                rule,
                waiver.isPresent() ? RuleState.WAIVED : outcome.state(),
                outcome.detail(),
                outcome.due(),
                waiver.isPresent() ? Optional.empty() : outcome.over(),
                waiver);
    }
}
