package dev.drydock.controller.compliance.fleet;

import static dev.drydock.controller.compliance.Hosts.NOW;
import static dev.drydock.controller.compliance.Hosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.Hosts;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.rule.Judge;
import dev.drydock.controller.compliance.rule.Lifetimes;
import dev.drydock.controller.compliance.rule.Verdict;
import dev.drydock.controller.policy.ActivePolicy;
import dev.drydock.controller.policy.Policies;
import dev.drydock.controller.vulnerability.Fix;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.controller.waiver.StandingWaivers;
import dev.drydock.controller.waiver.Waiver;
import dev.drydock.proto.facts.v1.Backup;
import dev.drydock.proto.facts.v1.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is kept is what judging every host anew would say, whatever happened meanwhile and however much time went by. */
class VerdictsPropertyTest {
    private static final int HOSTS = 6;
    private static final int STEPS = 40;
    private static final Lifetimes LIFETIMES = Lifetimes.builtIn();
    private static final List<List<ActivePolicy>> POLICIES = List.of(
            List.of(),
            List.of(Policies.of("base", "true", "u", "securityUpdates: {olderThan: 7d}", "v", "vulnerabilities: {}")),
            List.of(
                    Policies.of(
                            "base",
                            "true",
                            "r",
                            "rebootPending: {longerThan: 3d}",
                            "s",
                            "agentSilent: {longerThan: 2d}"),
                    Policies.of(
                            "web",
                            "host.labels.team == \"t1\"",
                            "c",
                            "certificateExpires: {within: 14d}",
                            "b",
                            "lastBackup: {olderThan: 2d}",
                            "e",
                            "endOfLife: {within: 30d}")),
            List.of(Policies.of(
                    "timed",
                    "true",
                    "t",
                    "condition: 'now < timestamp(\"2026-12-10T00:00:00Z\")'",
                    "n",
                    "condition: 'host.reboot.required'")));
    private static final List<VulnerabilityIndex> FEEDS = List.of(
            VulnerabilityIndex.EMPTY,
            new VulnerabilityIndex(
                    List.of(new Fix("CVE-1", "debian:12", "a", "2", Severity.HIGH, "")), Set.of("CVE-1")));

    private static final class World {
        final Random random;
        final Map<String, HostView> hosts = new TreeMap<>();
        final Map<String, List<Finding>> findings = new TreeMap<>();
        List<ActivePolicy> policies = POLICIES.getFirst();
        VulnerabilityIndex feed = FEEDS.getFirst();
        List<Waiver> waivers = List.of();
        Instant now = NOW;
        long changes;
        List<HostView> listed = List.of();

        World(long seed) {
            random = new Random(seed);
        }

        Duration some(int mostDays) {
            return Duration.ofHours(random.nextInt(24 * mostDays));
        }

        HostView host(String name) {
            boolean online = random.nextBoolean();
            return Hosts.host(
                    name,
                    online,
                    random.nextInt(6) == 0 ? Optional.empty() : Optional.of(now.minus(some(4))),
                    facts -> {
                        facts.putLabels("team", "t" + random.nextInt(3))
                                .getRebootBuilder()
                                .setRequired(random.nextBoolean());
                        if (random.nextBoolean()) {
                            facts.addCertificates(
                                    Certificate.newBuilder().setLocation("/c").setNotAfter(at(now.plus(some(30)))));
                        }
                        if (random.nextBoolean()) {
                            facts.addBackups(Backup.newBuilder().setName("b").setFinishedAt(at(now.minus(some(4)))));
                        }
                        if (random.nextInt(8) == 0) {
                            facts.clearPackages();
                        }
                    });
        }

        List<Finding> findings() {
            List<Finding> all = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                FindingKind kind = FindingKind.values()[random.nextInt(FindingKind.values().length)];
                all.add(new Finding(
                        kind,
                        "CVE-" + i,
                        "p" + random.nextInt(2),
                        Severity.values()[random.nextInt(Severity.values().length)],
                        random.nextInt(4) == 0,
                        now.plus(Duration.ofDays(1)).minus(some(40))));
            }
            return List.copyOf(all);
        }

        Waiver waiver() {
            boolean rule = random.nextBoolean();
            return new Waiver(
                    "w" + random.nextInt(2),
                    rule ? Waiver.Kind.RULE : Waiver.Kind.PACKAGE,
                    rule ? "base/u" : "p1",
                    random.nextBoolean() ? "true" : "host.labels.team == \"t1\"",
                    "so",
                    now.plus(some(20)),
                    "olga",
                    now,
                    Optional.of(new Waiver.Said("petra", now)),
                    Optional.empty());
        }

        void step(Map<String, Instant> turns) {
            String name = "h" + random.nextInt(HOSTS);
            switch (random.nextInt(9)) {
                case 0 -> hosts.put(name, host(name));
                case 1 -> {
                    findings.put("id-" + name, findings());
                    changes++;
                }
                case 2 -> hosts.remove(name);
                case 3 -> policies = POLICIES.get(random.nextInt(POLICIES.size()));
                case 4 -> waivers = random.nextBoolean() ? List.of() : List.of(waiver());
                case 5 -> feed = FEEDS.get(random.nextInt(FEEDS.size()));
                case 6 -> hosts.computeIfPresent(name, (any, host) -> otherwise(host));
                case 7 -> now = now.plus(some(3));
                // To where something changes by time alone, and just past it.
                default ->
                    now = turns.values().stream()
                            .filter(turn -> turn.isBefore(Instant.MAX) && !turn.isBefore(now))
                            .min(Instant::compareTo)
                            .map(turn -> turn.plusNanos(random.nextInt(2)))
                            .orElse(now);
            }
        }

        private HostView otherwise(HostView host) {
            return new HostView(
                    host.facts(),
                    random.nextBoolean(),
                    Optional.of(now.minus(some(3))),
                    host.enrolledAt(),
                    host.certificateExpiresAt(),
                    false,
                    host.drained(),
                    random.nextInt(5) == 0,
                    Optional.empty());
        }

        /** The same list as long as nothing of any host changed, as the fleet gives it. */
        List<HostView> list() {
            List<HostView> now = List.copyOf(hosts.values());
            boolean same = now.size() == listed.size();
            for (int i = 0; same && i < now.size(); i++) {
                same = now.get(i) == listed.get(i);
            }
            listed = same ? listed : now;
            return listed;
        }

        List<Waiver> standing() {
            return waivers.stream()
                    .filter(waiver -> waiver.state(now) == Waiver.State.STANDING)
                    .toList();
        }

        Judge judge() {
            return new Judge(policies, Policies.fallback(), new StandingWaivers(standing()), feed, LIFETIMES, now);
        }
    }

    @Property(tries = 50)
    void theKeptAnswerIsThatOfJudgingEverythingAnew(@ForAll long seed) {
        World world = new World(seed);
        Verdicts verdicts = new Verdicts();
        Map<String, Instant> turns = new TreeMap<>();
        for (int i = 0; i < HOSTS; i++) {
            world.hosts.put("h" + i, world.host("h" + i));
            world.findings.put("id-h" + i, world.findings());
        }
        for (int step = 0; step < STEPS; step++) {
            Verdicts.Look look = verdicts.look(
                    world.judge(),
                    new Verdicts.Basis(world.policies, world.standing(), world.feed),
                    world.list(),
                    world.changes,
                    host -> world.findings.getOrDefault(host.id(), List.of()));

            List<HostVerdict> anew = world.hosts.values().stream()
                    .map(host -> {
                        List<Finding> findings = world.findings.getOrDefault(host.id(), List.of());
                        return new HostVerdict(host, findings, world.judge().verdict(host, findings));
                    })
                    .toList();
            assertThat(look.hosts().stream().map(VerdictsPropertyTest::timeless).toList())
                    .isEqualTo(anew.stream().map(VerdictsPropertyTest::timeless).toList());
            assertThat(look.sums()).isEqualTo(Sums.of(anew));
            turns.clear();
            look.hosts()
                    .forEach(
                            host -> turns.put(host.host().name(), host.verdict().until()));
            world.step(turns);
        }
    }

    /** A verdict that still stands may say until when more cautiously than one that is made now. */
    private static HostVerdict timeless(HostVerdict host) {
        Verdict verdict = host.verdict();
        return new HostVerdict(
                host.host(),
                host.findings(),
                new Verdict(
                        verdict.state(),
                        verdict.states(),
                        verdict.lateSince(),
                        verdict.vulnerabilities(),
                        verdict.hidden(),
                        Instant.MAX));
    }
}
