package dev.drydock.controller.document;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.Remediation;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.RunNote;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import dev.drydock.proto.v1.TrendPoint;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import dev.drydock.proto.v1.Waiver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;

/** A report in which everything is, and much of it. */
final class BusyReport {
    static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
    private static final long DAY = 86_400;

    private BusyReport() {}

    static ComplianceReportResponse of(int hosts) {
        return of(hosts, 20, name -> name);
    }

    /** @param named makes of an honest text what somebody wrote */
    static ComplianceReportResponse of(int hosts, int others, UnaryOperator<String> named) {
        ComplianceReportResponse.Builder report = ComplianceReportResponse.newBuilder()
                .setAt(at(AT))
                .setGrace(days(7))
                .setHosts(hosts)
                .setCompliant(hosts / 2)
                .setTotals(totals(hosts, hosts / 2));
        for (int i = 0; i < hosts; i++) {
            report.addRows(host(i, named));
        }
        for (int i = 0; i < TrendChart.DAYS; i++) {
            int compliant = 40 + i * 50 / TrendChart.DAYS;
            report.addTrend(TrendPoint.newBuilder()
                    .setDay(LocalDate.parse("2026-11-24")
                            .minusDays(TrendChart.DAYS - 1 - i)
                            .toString())
                    .setGroup(StandingGroup.newBuilder().setTotals(totals(100, compliant))));
        }
        for (VulnerabilitySeverity severity : List.of(
                VulnerabilitySeverity.VULNERABILITY_CRITICAL,
                VulnerabilitySeverity.VULNERABILITY_HIGH,
                VulnerabilitySeverity.VULNERABILITY_MEDIUM,
                VulnerabilitySeverity.VULNERABILITY_LOW,
                VulnerabilitySeverity.VULNERABILITY_UNRATED)) {
            report.addRemediation(Remediation.newBuilder()
                    .setSeverity(severity)
                    .setMended(100)
                    .setMendedWithin(83)
                    .setMeanTime(days(4))
                    .setOpen(17)
                    .setOverdue(3));
        }
        for (int i = 0; i < others; i++) {
            report.addGroups(StandingGroup.newBuilder()
                            .setLabel("team")
                            .setValue(named.apply("team-" + i))
                            .setTotals(totals(40 + i, 20)))
                    .addRollouts(RolloutSummary.newBuilder()
                            .setName("web-" + i)
                            .setHosts(120)
                            .setPatched(111)
                            .setUnchanged(4)
                            .setRolledBack(3)
                            .setNotDone(2)
                            .setEndedAt(at(AT.minusSeconds(i * DAY))))
                    .addNotPatched(RunNote.newBuilder()
                            .setHost(named.apply("web-" + i))
                            .setOutcome("rolled_back")
                            .setReason(named.apply("nginx does not answer on port 443 after the update of openssl"))
                            .setEndedAt(at(AT.minusSeconds(i * DAY))))
                    .addWaivers(StandingWaiver.newBuilder()
                            .setHosts(12)
                            .setThings(30)
                            .setWaiver(Waiver.newBuilder()
                                    .setName("ssh-legacy-" + i)
                                    .setCve("CVE-2024-" + (6387 + i))
                                    .setReason(named.apply("not reachable from outside"))
                                    .setApprovedBy(named.apply("anna"))
                                    .setExpiresAt(at(AT.plusSeconds((30 + i) * DAY)))));
        }
        return report.build();
    }

    private static HostCompliance host(int i, UnaryOperator<String> named) {
        boolean late = i % 3 == 0;
        HostStanding.Builder standing =
                HostStanding.newBuilder().setState(late ? PolicyState.POLICY_LATE : PolicyState.POLICY_COMPLIANT);
        if (late) {
            standing.setOverdue(days(i + 1))
                    .setWorst(RuleStanding.newBuilder()
                            .setPolicy("web@7")
                            .setRule("cves")
                            .setState(PolicyState.POLICY_LATE)
                            .setDetail(named.apply("CVE-2024-6387 (high, openssh) for 9d of 7d")));
        }
        return HostCompliance.newBuilder()
                .setHost(named.apply("web-" + i))
                .putLabels("team", named.apply("shop"))
                .putLabels("client", named.apply("acme"))
                .setPendingSecurity(late ? 4 : 0)
                .setStanding(standing)
                .build();
    }

    private static StandingTotals totals(int hosts, int compliant) {
        int rest = hosts - compliant;
        return StandingTotals.newBuilder()
                .setHosts(hosts)
                .setCompliant(compliant)
                .setLate(rest / 2)
                .setDue(rest / 4)
                .setUnknown(rest - rest / 2 - rest / 4)
                .setCritical(3)
                .setHigh(21)
                .setExploited(1)
                .setWaived(2)
                .build();
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    private static Duration days(long days) {
        return Duration.newBuilder().setSeconds(days * DAY).build();
    }
}
