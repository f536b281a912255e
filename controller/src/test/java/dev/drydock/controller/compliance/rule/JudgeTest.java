package dev.drydock.controller.compliance.rule;

import static dev.drydock.controller.compliance.Hosts.NOW;
import static dev.drydock.controller.compliance.Hosts.at;
import static dev.drydock.controller.compliance.Hosts.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.policy.ActivePolicy;
import dev.drydock.controller.policy.Policies;
import dev.drydock.controller.vulnerability.Fix;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.controller.waiver.StandingWaivers;
import dev.drydock.controller.waiver.Waiver;
import dev.drydock.proto.facts.v1.Backup;
import dev.drydock.proto.facts.v1.Certificate;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Middleware;
import dev.drydock.proto.facts.v1.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Consumer<Host.Builder> PLAIN = facts -> {};
    private static final VulnerabilityIndex FEED =
            new VulnerabilityIndex(List.of(new Fix("CVE-2024-1", "debian:12", "a", "2", Severity.HIGH, "")), Set.of());

    private static Judge judge(VulnerabilityIndex index, List<Waiver> waivers, ActivePolicy... policies) {
        return new Judge(
                List.of(policies), Policies.fallback(), new StandingWaivers(waivers), index, Lifetimes.builtIn(), NOW);
    }

    private static RuleResult one(String check, HostView host, Finding... findings) {
        HostStanding standing =
                judge(FEED, List.of(), Policies.of("p", "true", "r", check)).judge(host, List.of(findings));
        assertThat(standing.results()).hasSize(1);
        return standing.results().getFirst();
    }

    private static Finding finding(FindingKind kind, String subject, Severity severity, Duration age) {
        return new Finding(kind, subject, "pkg-" + subject, severity, false, NOW.minus(age));
    }

    private static Finding cve(String name, Severity severity, long days) {
        return finding(FindingKind.VULNERABILITY, name, severity, Duration.ofDays(days));
    }

    /** The limit itself still is in time. */
    @ParameterizedTest
    @CsvSource({"6, DUE, ", "7, DUE, ", "8, LATE, 1"})
    void anUpdateIsLateAfterItsTime(long days, RuleState state, Long over) {
        RuleResult result = one(
                "securityUpdates: {olderThan: 7d}",
                host("web", PLAIN),
                finding(FindingKind.UPDATE, "openssl", Severity.UNRATED, Duration.ofDays(days)));
        assertThat(result.state()).isEqualTo(state);
        assertThat(result.detail()).isEqualTo("openssl for " + days + "d");
        assertThat(result.over()).isEqualTo(Optional.ofNullable(over).map(Duration::ofDays));
        assertThat(result.due()).contains(NOW.minus(Duration.ofDays(days - 7)));
    }

    @Test
    void eachSeverityHasItsTime() {
        String check = "vulnerabilities: {}";
        HostView host = host("web", PLAIN);
        assertThat(one(check, host).state()).isEqualTo(RuleState.COMPLIES);
        assertThat(one(check, host, cve("a", Severity.CRITICAL, 8)).state()).isEqualTo(RuleState.LATE);
        assertThat(one(check, host, cve("a", Severity.HIGH, 8)).state()).isEqualTo(RuleState.DUE);
        assertThat(one(check, host, cve("a", Severity.LOW, 800)).state()).isEqualTo(RuleState.COMPLIES);
        Finding exploited =
                new Finding(FindingKind.VULNERABILITY, "e", "pkg", Severity.LOW, true, NOW.minus(Duration.ofDays(5)));
        RuleResult worst = one(check, host, cve("a", Severity.CRITICAL, 8), exploited);
        assertThat(worst.over()).contains(Duration.ofDays(2));
        assertThat(worst.detail()).isEqualTo("e (low, exploited, pkg) for 5d of 3d and 1 more");
    }

    @Test
    void whatCannotBeToldIsNeverTakenForWell() {
        HostView silent = host("web", false, Optional.of(NOW.minus(Duration.ofDays(2))), PLAIN);
        assertThat(one("securityUpdates: {olderThan: 7d}", silent).state()).isEqualTo(RuleState.UNKNOWN);
        assertThat(one("condition: 'true'", silent).detail()).startsWith("silent since");
        assertThat(one("agentSilent: {longerThan: 24h}", silent).over()).contains(Duration.ofDays(1));
        HostView never = host("web", false, Optional.empty(), PLAIN);
        assertThat(one("agentSilent: {longerThan: 24h}", never).state()).isEqualTo(RuleState.UNKNOWN);
        assertThat(one("condition: 'host.labels.tier == \"1\"'", host("web", PLAIN))
                        .state())
                .isEqualTo(RuleState.UNKNOWN);
        HostView suse =
                host("web", facts -> facts.getOsBuilder().setFamily("suse").setVersion("15.5"));
        assertThat(one("vulnerabilities: {}", suse).detail()).startsWith("no feed tells of vulnerabilities of");
        HostView site = host(
                "web", facts -> facts.addSites(Site.newBuilder().setPath("/srv").setTrouble("no PHP")));
        assertThat(one("wordpressBehind: {longerThan: 1d}", site).detail()).isEqualTo("/srv: no PHP");
    }

    @Test
    void aSelectorWithoutAnAnswerMakesItsPolicyUnknown() {
        HostStanding standing = judge(
                        FEED,
                        List.of(),
                        Policies.of("p", "1 / size(host.name) > host.memory_bytes / 0", "r", "condition: 'true'"))
                .judge(host("web", PLAIN), List.of());
        assertThat(standing.state()).isEqualTo(RuleState.UNKNOWN);
        assertThat(standing.results().getFirst().detail()).startsWith("whether it is for this host: ");
    }

    @Test
    void conditions() {
        assertThat(one("condition: 'now > timestamp(\"2026-01-01T00:00:00Z\")'", host("web", PLAIN))
                        .state())
                .isEqualTo(RuleState.COMPLIES);
        assertThat(one("condition: 'host.name == \"db\"'", host("web", PLAIN)).detail())
                .isEqualTo("not true: host.name == \"db\"");
    }

    @Test
    void backups() {
        String check = "lastBackup: {olderThan: 26h}";
        assertThat(one(check, host("web", PLAIN)).detail()).isEqualTo("no backup was ever made");
        assertThat(one(check, backup(NOW.minus(Duration.ofHours(20)))).state()).isEqualTo(RuleState.COMPLIES);
        RuleResult old = one(check, backup(NOW.minus(Duration.ofHours(30))));
        assertThat(old.over()).contains(Duration.ofHours(4));
        assertThat(one("lastRestore: {olderThan: 90d}", backup(NOW)).detail())
                .isEqualTo("the last restore that was proven of nightly never was");
    }

    private static HostView backup(Instant made) {
        return host(
                "web",
                facts -> facts.addBackups(Backup.newBuilder().setName("nightly").setFinishedAt(at(made))));
    }

    @Test
    void certificates() {
        String check = "certificateExpires: {within: 14d}";
        assertThat(one(check, host("web", PLAIN)).state()).isEqualTo(RuleState.COMPLIES);
        assertThat(one(check, certificate(Optional.of(NOW.plus(Duration.ofDays(20)))))
                        .state())
                .isEqualTo(RuleState.COMPLIES);
        assertThat(one(check, certificate(Optional.of(NOW.plus(Duration.ofDays(10)))))
                        .state())
                .isEqualTo(RuleState.LATE);
        assertThat(one(check, certificate(Optional.empty())).state()).isEqualTo(RuleState.UNKNOWN);
    }

    private static HostView certificate(Optional<Instant> end) {
        Certificate.Builder one = Certificate.newBuilder().setLocation("port 443");
        end.ifPresent(at -> one.setNotAfter(at(at)));
        return host("web", facts -> facts.addCertificates(one));
    }

    @Test
    void endOfLife() {
        String check = "endOfLife: {within: 30d}";
        assertThat(one(check, host("web", PLAIN)).state()).isEqualTo(RuleState.COMPLIES);
        HostView old = host("web", facts -> facts.getOsBuilder().setVersion("10"));
        assertThat(one(check, old).detail()).isEqualTo("debian 10 is mended until 2024-06-30");
        HostView strange =
                host("web", facts -> facts.getOsBuilder().setId("plan9").setVersion("4"));
        assertThat(one(check, strange).state()).isEqualTo(RuleState.UNKNOWN);
        HostView php = host(
                "web",
                facts -> facts.addMiddleware(
                        Middleware.newBuilder().setName("php").setSeries("8.2").setEndOfLife("2026-12-10")));
        assertThat(one(check, php).state()).isEqualTo(RuleState.LATE);
    }

    @Test
    void theBuiltInPolicyIsForHostsThatNoOtherIsFor() {
        ActivePolicy db = Policies.of("db", "host.name == \"db\"", "r", "condition: 'true'");
        Judge judge = judge(FEED, List.of(), db);
        assertThat(judge.judge(host("db", PLAIN), List.of()).states().keySet()).containsExactly("db");
        assertThat(judge.judge(host("web", PLAIN), List.of()).states().keySet()).containsExactly("drydock-default");
    }

    @Test
    void withoutAnyFeedTheBuiltInPolicyDoesNotAskForVulnerabilities() {
        HostStanding standing = judge(VulnerabilityIndex.EMPTY, List.of()).judge(host("web", PLAIN), List.of());
        assertThat(standing.state()).isEqualTo(RuleState.COMPLIES);
        HostStanding pushed = judge(
                        VulnerabilityIndex.EMPTY, List.of(), Policies.of("p", "true", "r", "vulnerabilities: {}"))
                .judge(host("web", PLAIN), List.of());
        assertThat(pushed.state()).isEqualTo(RuleState.UNKNOWN);
    }

    private static Waiver waiver(String name, Waiver.Kind kind, String subject, String hosts) {
        return new Waiver(
                name,
                kind,
                subject,
                hosts,
                "because of that",
                NOW.plusSeconds(60),
                "olga",
                NOW,
                Optional.of(new Waiver.Said("anna", NOW)),
                Optional.empty());
    }

    @Test
    void whatIsWaivedIsCountedAndSaid() {
        Judge judge = judge(
                FEED,
                List.of(
                        waiver("cve", Waiver.Kind.CVE, "CVE-2024-1", "host.name == \"web\""),
                        waiver("backup", Waiver.Kind.RULE, "p/backup", "true")),
                Policies.of("p", "true", "cves", "vulnerabilities: {}", "backup", "lastBackup: {olderThan: 1d}"));
        HostStanding web = judge.judge(host("web", PLAIN), List.of(cve("CVE-2024-1", Severity.CRITICAL, 30)));
        assertThat(web.state()).isEqualTo(RuleState.WAIVED);
        assertThat(web.compliant()).isTrue();
        assertThat(web.hidden()).containsOnlyKeys("cve", "backup");
        assertThat(web.vulnerabilities().waived()).isEqualTo(1);
        assertThat(web.vulnerabilities().of(Severity.CRITICAL)).isZero();
        assertThat(web.results().get(1).waiver()).contains("backup");
        assertThat(web.results().get(1).detail()).isEqualTo("no backup was ever made");
        HostStanding other = judge.judge(host("db", PLAIN), List.of(cve("CVE-2024-1", Severity.CRITICAL, 30)));
        assertThat(other.state()).isEqualTo(RuleState.LATE);
        assertThat(other.vulnerabilities().overdue(Severity.CRITICAL)).isEqualTo(1);
        assertThat(other.worst().orElseThrow().rule().id()).isEqualTo("cves");
    }

    @Test
    void anUpdateOfAWaivedPackageIsLetPassWithItsVulnerabilities() {
        Judge judge = judge(
                FEED,
                List.of(waiver("p", Waiver.Kind.PACKAGE, "pkg-a", "true")),
                Policies.of("p", "true", "cves", "vulnerabilities: {}", "u", "securityUpdates: {olderThan: 1d}"));
        HostStanding standing = judge.judge(
                host("web", PLAIN),
                List.of(
                        cve("a", Severity.HIGH, 99),
                        finding(FindingKind.UPDATE, "a", Severity.UNRATED, Duration.ofDays(99))));
        assertThat(standing.state()).isEqualTo(RuleState.WAIVED);
        assertThat(standing.results())
                .extracting(RuleResult::detail, RuleResult::waiver)
                .containsExactly(
                        tuple("a (high, pkg-a) for 99d of 30d", Optional.of("p")),
                        tuple("a for 99d", Optional.of("p")));
        assertThat(standing.hidden()).containsEntry("p", 2);
    }
}
