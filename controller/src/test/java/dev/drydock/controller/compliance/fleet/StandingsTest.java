package dev.drydock.controller.compliance.fleet;

import static dev.drydock.controller.compliance.Hosts.NOW;
import static dev.drydock.controller.compliance.Hosts.host;
import static dev.drydock.controller.compliance.Hosts.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.Hosts;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.finding.Findings;
import dev.drydock.controller.compliance.finding.HostChanges.Resolution;
import dev.drydock.controller.compliance.finding.PastFinding;
import dev.drydock.controller.compliance.rule.HostStanding;
import dev.drydock.controller.compliance.rule.RuleState;
import dev.drydock.controller.policy.Policies;
import dev.drydock.controller.policy.PolicyLibrary;
import dev.drydock.controller.store.SqlFindings;
import dev.drydock.controller.store.SqlPolicies;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlTrend;
import dev.drydock.controller.store.SqlVulnerabilities;
import dev.drydock.controller.store.SqlWaivers;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.Vulnerabilities;
import dev.drydock.controller.waiver.WaiverDraft;
import dev.drydock.controller.waiver.Waivers;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/feeds");

    @TempDir
    Path directory;

    private final Map<String, HostView> fleet = new TreeMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private Instant now = NOW;
    private SqlStore store;
    private SqlFindings history;
    private PolicyLibrary policies;
    private Vulnerabilities vulnerabilities;
    private Waivers waivers;
    private Standings standings;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        restart();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void restart() {
        history = new SqlFindings(store);
        policies = new PolicyLibrary(new SqlPolicies(store), () -> now);
        vulnerabilities =
                new Vulnerabilities(new SqlVulnerabilities(store, () -> "i-" + ids.incrementAndGet()), () -> now);
        waivers = new Waivers(new SqlWaivers(store), () -> now);
        HostDirectory directory = new HostDirectory() {
            @Override
            public List<HostView> all() {
                return List.copyOf(fleet.values());
            }

            @Override
            public Optional<HostView> find(String idOrName) {
                return Optional.ofNullable(fleet.get(idOrName));
            }
        };
        standings = new Standings(
                directory,
                policies,
                vulnerabilities,
                new Findings(history),
                history,
                waivers,
                new SqlTrend(store),
                () -> now);
    }

    private void put(HostView host) {
        fleet.put(host.name(), host);
    }

    private void glibc(String host, String available, Duration age) {
        put(host(host, facts -> facts.putLabels("team", "ops")
                .getPackagesBuilder()
                .addPending(update("glibc", "2.36-9+deb12u2", available, age))));
    }

    private void feed(String file) throws Exception {
        vulnerabilities.importFile("feed", SAMPLES.resolve(file), "", file, "olga");
    }

    private FleetStanding all() {
        return standings.fleet(host -> true);
    }

    private HostStanding first() {
        FleetStanding fleet = all();
        return standings
                .standings(List.of(fleet.hosts().getFirst().host().id()), fleet.at())
                .getFirst();
    }

    private List<Finding> open(String host) {
        return history.open().getOrDefault("id-" + host, List.of());
    }

    @Test
    void aClockRunsOnWhenANewerVersionIsOnOffer() throws Exception {
        feed("osv-glibc.json");
        glibc("web", "2.36-9+deb12u3", Duration.ofDays(40));
        assertThat(all().hosts().getFirst().verdict().state()).isEqualTo(RuleState.LATE);

        glibc("web", "2.36-9+deb12u4", Duration.ofDays(1));
        restart();
        assertThat(all().hosts().getFirst().verdict().state()).isEqualTo(RuleState.LATE);
        assertThat(open("web"))
                .extracting(Finding::kind, Finding::firstSeen)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(FindingKind.VULNERABILITY, NOW.minus(Duration.ofDays(40))),
                        org.assertj.core.groups.Tuple.tuple(FindingKind.UPDATE, NOW.minus(Duration.ofDays(40))));
    }

    @Test
    void howFastThingsAreMendedIsCounted() throws Exception {
        feed("osv-glibc.json");
        glibc("fast", "2.36-9+deb12u3", Duration.ofDays(10));
        glibc("slow", "2.36-9+deb12u3", Duration.ofDays(50));
        all();

        put(host("fast", facts -> {}));
        put(host("slow", facts -> {}));
        FleetStanding after = all();
        assertThat(after.totals().compliant()).isEqualTo(2);
        Remediation high = after.remediation().stream()
                .filter(one -> one.severity() == Severity.HIGH)
                .findFirst()
                .orElseThrow();
        assertThat(high.mended()).isEqualTo(2);
        assertThat(high.within()).isEqualTo(1);
        assertThat(high.mean()).contains(Duration.ofDays(30));
        assertThat(high.open()).isZero();
        assertThat(standings
                        .fleet(host -> host.getName().equals("fast"))
                        .remediation()
                        .get(1)
                        .within())
                .isEqualTo(1);

        now = NOW.plus(Duration.ofDays(Standings.DAYS));
        assertThat(all().remediation().get(1).mended()).isZero();
    }

    @Test
    void whatFeedsTakeBackWasNotMended() throws Exception {
        feed("osv-glibc.json");
        glibc("web", "2.36-9+deb12u3", Duration.ofDays(10));
        all();
        vulnerabilities.remove("feed");
        FleetStanding after = all();
        assertThat(after.remediation())
                .allSatisfy(one -> assertThat(one.mended()).isZero());
        assertThat(history.history("id-web", 10))
                .extracting(past -> past.finding().kind(), PastFinding::resolution)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(FindingKind.UPDATE, Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple(
                                FindingKind.VULNERABILITY, Optional.of(Resolution.WITHDRAWN)));
    }

    @Test
    void aRebootIsClockedFromWhenItWasHeardOf() {
        put(host("web", facts -> facts.setReboot(RebootRequired.newBuilder().setRequired(true))));
        assertThat(all().hosts().getFirst().verdict().state()).isEqualTo(RuleState.DUE);
        now = NOW.plus(Duration.ofDays(15));
        restart();
        assertThat(first().worst().orElseThrow().over()).contains(Duration.ofDays(1));
    }

    @Test
    void hostsThatLeftHaveNoFindings() {
        glibc("web", "2.36-9+deb12u3", Duration.ofDays(10));
        all();
        put(Hosts.revoked(host("web", facts -> {})));
        assertThat(all().hosts()).isEmpty();
        assertThat(open("web")).isEmpty();
        assertThat(history.history("id-web", 1).getFirst().resolution()).contains(Resolution.GONE);
    }

    @Test
    void aDayIsKeptOnceAndToldOfWholeGroupsOnly() throws Exception {
        glibc("web", "2.36-9+deb12u3", Duration.ofDays(10));
        put(host("db", facts -> facts.putLabels("team", "dba").putLabels("client", "shop")));
        standings.keepToday();
        put(host("new", facts -> {}));
        standings.keepToday();

        assertThat(all().trend())
                .filteredOn(point -> point.group().policy().isEmpty())
                .extracting(
                        TrendPoint::day,
                        point -> point.group().value(),
                        point -> point.group().totals().hosts(),
                        point -> point.group().totals().late())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-11-24"), "", 2, 1),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-11-24"), "shop", 1, 0),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-11-24"), "dba", 1, 0),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-11-24"), "ops", 1, 1));
        assertThat(standings.fleet(host -> host.getName().equals("db")).trend())
                .extracting(point -> point.group().value())
                .containsExactly("shop", "dba");
        now = NOW.plus(Duration.ofDays(1));
        standings.keepToday();
        assertThat(all().trend()).extracting(TrendPoint::day).contains(LocalDate.parse("2026-11-25"));
    }

    @Test
    void thePolicyThatWasPushedCountsFromThenOn() throws Exception {
        glibc("web", "2.36-9+deb12u3", Duration.ofDays(10));
        assertThat(all().hosts().getFirst().verdict().state()).isEqualTo(RuleState.LATE);
        policies.push(Policies.yaml("ops", "true", "u", "securityUpdates: {olderThan: 30d}"), "olga");
        assertThat(all().byPolicy()).extracting(Group::policy).containsExactly("ops");
        assertThat(all().hosts().getFirst().verdict().state()).isEqualTo(RuleState.DUE);
    }

    @Test
    void whichWaiversLetWhatPassIsSaid() throws Exception {
        glibc("web", "2.36-9+deb12u3", Duration.ofDays(10));
        waivers.ask(
                new WaiverDraft("w", "", "", "glibc", "true", "tested next week", now.plus(Duration.ofDays(9))),
                "olga");
        assertThat(all().totals().late()).isEqualTo(1);
        waivers.approve("w", "anna");
        FleetStanding waived = all();
        assertThat(waived.totals().compliant()).isEqualTo(1);
        assertThat(waived.totals().waived()).isEqualTo(1);
        assertThat(waived.waivers()).singleElement().satisfies(hidden -> {
            assertThat(hidden.waiver().name()).isEqualTo("w");
            assertThat(hidden.hosts()).isEqualTo(1);
        });
        now = NOW.plus(Duration.ofDays(9));
        assertThat(all().totals().late()).isEqualTo(1);
        assertThat(all().waivers()).isEmpty();
    }

    @Test
    void versionsOfAPolicyAreNumbered() throws Exception {
        String one = Policies.yaml("ops", "true", "u", "securityUpdates: {olderThan: 30d}");
        String other = Policies.yaml("ops", "true", "u", "securityUpdates: {olderThan: 20d}");
        assertThat(policies.push(one, "olga").reference()).isEqualTo("ops@1");
        assertThat(policies.push(one + "# the same\n", "otto").pushedBy()).isEqualTo("olga");
        assertThat(policies.push(other, "otto").reference()).isEqualTo("ops@2");
        assertThat(policies.push(one, "otto").reference()).isEqualTo("ops@3");
        assertThat(policies.get("ops@2").source()).isEqualTo(other);
        assertThat(policies.get("drydock-default").policy().reference()).isEqualTo("drydock-default@1");
        assertThat(policies.newest()).hasSize(2);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> policies.get("opps"))
                .hasMessage("There is no policy 'opps'. Did you mean ops?");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> policies.push(one.replace("ops", "drydock-default"), "olga"))
                .hasMessageContaining("is the name of the built-in policy");
    }
}
