package dev.drydock.cli;

import dev.drydock.proto.v1.AffectedHost;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.ComplianceVerdict;
import dev.drydock.proto.v1.Feed;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.Remediation;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.RunNote;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import dev.drydock.proto.v1.TrendPoint;
import dev.drydock.proto.v1.Vulnerability;
import dev.drydock.proto.v1.VulnerabilityFix;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverState;

/** Policies, feeds, waivers, vulnerabilities and the report, as the double of the management plane tells of them. */
final class SampleCompliance {
    static final String POLICY = """
            apiVersion: drydock/v1
            kind: Policy
            metadata: {name: web}
            spec:
              rules:
                - id: updates
                  securityUpdates: {olderThan: 7d}
            """;

    private SampleCompliance() {}

    static ComplianceReportResponse compliance() {
        return ComplianceReportResponse.newBuilder()
                .setAt(Fleet.at("2026-11-24T03:00:00Z"))
                .setGrace(Fleet.seconds(7 * 86_400))
                .setHosts(4)
                .setCompliant(1)
                .setPending(1)
                .setLate(1)
                .setUnknown(1)
                .setVerdict(ComplianceVerdict.newBuilder().setLate(1).setUnknown(1))
                .addRows(row("web-01", ComplianceState.UPDATES_PENDING, 2)
                        .setOldestAge(Fleet.seconds(2 * 86_400))
                        .setOldestPackage("curl")
                        .setStanding(standing(PolicyState.POLICY_WAIVED)
                                .setWaivedVulnerabilities(1)
                                .addRules(rule(PolicyState.POLICY_WAIVED, "CVE-2024-6387 for 10d").toBuilder()
                                        .setWaiver("ssh-legacy"))))
                .addRows(row("web-03", ComplianceState.COMPLIANT, 0)
                        .setLastOutcome("SUCCEEDED")
                        .setStanding(standing(PolicyState.POLICY_COMPLIANT)
                                .addRules(rule(PolicyState.POLICY_COMPLIANT, ""))))
                .addRows(row("web-05", ComplianceState.LATE, 3)
                        .setOldestAge(Fleet.seconds(9 * 86_400))
                        .setOldestPackage("openssl")
                        .setRebootRequired(true)
                        .setLastOutcome("ROLLED_BACK")
                        .setStanding(standing(PolicyState.POLICY_LATE)
                                .setWorst(late())
                                .setOverdue(Fleet.seconds(2 * 86_400))
                                .addRules(late())
                                .putVulnerabilities("critical", 1)
                                .putVulnerabilities("high", 3)
                                .setExploited(1)
                                .setOverdueVulnerabilities(1)))
                .addRows(row("web-11", ComplianceState.UNKNOWN, 0)
                        .setLastSeen(Fleet.at("2026-11-17T03:00:00Z"))
                        .setReason("silent for 7 days")
                        .setStanding(standing(PolicyState.POLICY_UNKNOWN)
                                .setWorst(rule(PolicyState.POLICY_UNKNOWN, "silent since 2026-11-17T03:00:00Z"))
                                .addRules(rule(PolicyState.POLICY_UNKNOWN, "silent since 2026-11-17T03:00:00Z"))))
                .addRollouts(SampleRollouts.summary())
                .setTotals(totals())
                .addByPolicy(StandingGroup.newBuilder().setPolicy("web").setTotals(totals()))
                .addGroups(StandingGroup.newBuilder()
                        .setLabel("team")
                        .setValue("ops")
                        .setTotals(StandingTotals.newBuilder().setHosts(2).setCompliant(2)))
                .addTrend(TrendPoint.newBuilder()
                        .setDay("2026-11-01")
                        .setGroup(StandingGroup.newBuilder()
                                .setTotals(
                                        StandingTotals.newBuilder().setHosts(4).setCompliant(1))))
                .addRemediation(Remediation.newBuilder()
                        .setSeverity(VulnerabilitySeverity.VULNERABILITY_HIGH)
                        .setOpen(3)
                        .setOverdue(1)
                        .setMended(8)
                        .setMendedWithin(6)
                        .setMeanTime(Fleet.seconds(5 * 86_400)))
                .addWaivers(StandingWaiver.newBuilder()
                        .setWaiver(waiver(WaiverState.WAIVER_STANDING))
                        .setHosts(1)
                        .setThings(1))
                .addNotPatched(RunNote.newBuilder()
                        .setHost("web-05")
                        .setRun("r-web-05")
                        .setRollout("web-0001")
                        .setOutcome("rolled_back")
                        .setReason("nginx does not answer")
                        .setEndedAt(Fleet.at("2026-11-24T02:40:00Z")))
                .addFeeds(feed())
                .build();
    }

    private static RuleStanding late() {
        return rule(PolicyState.POLICY_LATE, "CVE-2024-1 (critical, openssl) for 9d of 7d & more").toBuilder()
                .setOverdue(Fleet.seconds(2 * 86_400))
                .build();
    }

    private static StandingTotals totals() {
        return StandingTotals.newBuilder()
                .setHosts(4)
                .setCompliant(2)
                .setLate(1)
                .setUnknown(1)
                .setWaived(1)
                .setCritical(1)
                .build();
    }

    static Feed feed() {
        return Feed.newBuilder()
                .setSource("osv-debian")
                .setKind("osv")
                .setDigest("9c1b".repeat(16))
                .setEntries(41_200)
                .setSkipped(12)
                .setImportedAt(Fleet.at("2026-11-23T03:00:00Z"))
                .setImportedBy("olga")
                .build();
    }

    static Policy policy() {
        return Policy.newBuilder()
                .setName("web")
                .setVersion(7)
                .setDigest("06e4".repeat(16))
                .setDescription("Web servers")
                .setPushedBy("olga")
                .setPushedAt(Fleet.at("2026-11-20T03:00:00Z"))
                .build();
    }

    static Waiver waiver(WaiverState state) {
        Waiver.Builder waiver = Waiver.newBuilder()
                .setName("ssh-legacy")
                .setState(state)
                .setCve("CVE-2024-6387")
                .setHosts("host.labels.role == \"web\"")
                .setReason("not reachable from outside")
                .setExpiresAt(Fleet.at("2026-12-24T03:00:00Z"))
                .setAskedBy("olga")
                .setAskedAt(Fleet.at("2026-11-20T03:00:00Z"));
        if (state != WaiverState.WAIVER_ASKED) {
            waiver.setApprovedBy("anna").setApprovedAt(Fleet.at("2026-11-21T03:00:00Z"));
        }
        if (state == WaiverState.WAIVER_REVOKED) {
            waiver.setRevokedBy("otto").setRevokedAt(Fleet.at("2026-11-22T03:00:00Z"));
        }
        return waiver.build();
    }

    static Vulnerability vulnerability() {
        return Vulnerability.newBuilder()
                .setCve("CVE-2024-6387")
                .setSeverity(VulnerabilitySeverity.VULNERABILITY_HIGH)
                .setExploited(true)
                .setHosts(2)
                .setWaivedHosts(1)
                .setFirstSeen(Fleet.at("2026-11-14T03:00:00Z"))
                .addPackages("openssh-server")
                .build();
    }

    static Vulnerability affected() {
        return vulnerability().toBuilder()
                .addAffected(AffectedHost.newBuilder()
                        .setHost("web-01")
                        .setPackage("openssh-server")
                        .setFirstSeen(Fleet.at("2026-11-14T03:00:00Z")))
                .addAffected(AffectedHost.newBuilder()
                        .setHost("web-03")
                        .setPackage("openssh-server")
                        .setFirstSeen(Fleet.at("2026-11-15T03:00:00Z"))
                        .setWaiver("ssh-legacy"))
                .addFixes(VulnerabilityFix.newBuilder()
                        .setRelease("debian:12")
                        .setPackage("openssh")
                        .setVersion("1:9.2p1-2+deb12u3")
                        .setAdvisory("DSA-5724-1"))
                .build();
    }

    private static HostStanding.Builder standing(PolicyState state) {
        return HostStanding.newBuilder().setState(state).addPolicies("web@7");
    }

    private static RuleStanding rule(PolicyState state, String detail) {
        return RuleStanding.newBuilder()
                .setPolicy("web@7")
                .setRule("cves")
                .setTitle("Vulnerabilities <mended> in time")
                .setSeverity("critical")
                .setState(state)
                .setDetail(detail)
                .build();
    }

    private static HostCompliance.Builder row(String host, ComplianceState state, int security) {
        return HostCompliance.newBuilder()
                .setHost(host)
                .setState(state)
                .setPendingSecurity(security)
                .setPendingTotal(security)
                .setLastSeen(Fleet.at("2026-11-24T02:59:40Z"));
    }
}
