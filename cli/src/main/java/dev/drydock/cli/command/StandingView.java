package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.Remediation;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.RunNote;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import dev.drydock.proto.v1.TrendPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the compliance report says of policies, for people. */
final class StandingView {
    private StandingView() {}

    static String summary(ComplianceReportResponse report) {
        StandingTotals totals = report.getTotals();
        List<String> parts = new ArrayList<>();
        parts.add("By policies: " + totals.getCompliant() + " of " + RolloutText.count(totals.getHosts(), "host")
                + " compliant");
        count(parts, totals.getLate(), "late");
        count(parts, totals.getDue(), "due");
        count(parts, totals.getUnknown(), "unknown");
        count(parts, totals.getWaived(), "with something waived");
        count(parts, totals.getCritical(), "critical vulnerabilities open");
        count(parts, totals.getExploited(), "exploited ones");
        return String.join("; ", parts) + trend(report);
    }

    private static void count(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** {@code (60 % on 2026-09-01)}: where the trend begins. */
    private static String trend(ComplianceReportResponse report) {
        return report.getTrendList().stream()
                .filter(point -> point.getGroup().getPolicy().isEmpty()
                        && point.getGroup().getLabel().isEmpty()
                        && point.getGroup().getTotals().getHosts() > 0)
                .findFirst()
                .map(StandingView::first)
                .orElse("");
    }

    private static String first(TrendPoint point) {
        return " (" + share(point.getGroup().getTotals()) + " on " + point.getDay() + ")";
    }

    private static String share(StandingTotals totals) {
        return totals.getHosts() == 0 ? "-" : Math.floorDiv(100 * totals.getCompliant(), totals.getHosts()) + " %";
    }

    /** Rules that hosts do not keep, the worst of each host first. */
    private static Table rules(ComplianceReportResponse report) {
        Table table = Table.of("BY POLICY", "RULE", "STATE", "LATE FOR", "WAIVER", "SAYS");
        for (HostCompliance row : report.getRowsList()) {
            row.getStanding().getRulesList().stream()
                    .sorted(Comparator.comparing(RuleStanding::getState).reversed())
                    .forEach(rule -> rule(table, row.getHost(), rule));
        }
        return table.withoutEmpty("LATE FOR", "WAIVER");
    }

    private static void rule(Table table, String host, RuleStanding rule) {
        if (rule.getState() == PolicyState.POLICY_COMPLIANT) {
            return;
        }
        table.row(
                Cell.of(host),
                Cell.of(rule.getPolicy() + "/" + rule.getRule()),
                PolicyStates.cell(rule.getState()),
                Cell.orDash(rule.hasOverdue() ? Times.rough(Times.duration(rule.getOverdue())) : ""),
                Cell.orDash(rule.getWaiver()),
                Cell.orDash(rule.getDetail()));
    }

    static List<String> sections(ComplianceReportResponse report, Output output) {
        List<String> lines = new ArrayList<>();
        section(lines, rules(report), output);
        section(lines, groups(report), output);
        section(lines, remediation(report), output);
        section(lines, waivers(report, output.times()), output);
        section(lines, notPatched(report, output.times()), output);
        return lines;
    }

    private static void section(List<String> lines, Table table, Output output) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(output.render(table));
        }
    }

    private static Table groups(ComplianceReportResponse report) {
        Table table = Table.of("GROUP", "HOSTS", "COMPLIANT", "LATE", "DUE", "UNKNOWN", "WAIVED", "CRITICAL", "HIGH");
        Stream.concat(report.getByPolicyList().stream(), report.getGroupsList().stream())
                .forEach(group -> group(table, group));
        return table.withoutEmpty("DUE", "UNKNOWN", "WAIVED", "CRITICAL", "HIGH");
    }

    private static void group(Table table, StandingGroup group) {
        StandingTotals totals = group.getTotals();
        table.row(
                Cell.of(
                        group.getLabel().isEmpty()
                                ? "policy " + group.getPolicy()
                                : group.getLabel() + " " + group.getValue()),
                Cell.of(totals.getHosts()),
                Cell.of(totals.getCompliant() + ", " + share(totals)),
                totals.getLate() == 0 ? Cell.of(0) : new Cell(Integer.toString(totals.getLate()), Style.BAD),
                Cell.of(totals.getDue()),
                Cell.of(totals.getUnknown()),
                Cell.of(totals.getWaived()),
                Cell.of(totals.getCritical()),
                Cell.of(totals.getHigh()));
    }

    private static Table remediation(ComplianceReportResponse report) {
        Table table = Table.of("VULNERABILITIES", "OPEN", "OVERDUE", "MENDED IN 90 DAYS", "IN TIME", "MEAN TIME");
        report.getRemediationList().stream()
                .filter(one -> one.getOpen() > 0 || one.getMended() > 0)
                .forEach(one -> table.row(
                        VulnerabilityView.severity(one.getSeverity()),
                        Cell.of(one.getOpen()),
                        one.getOverdue() == 0 ? Cell.of(0) : new Cell(Long.toString(one.getOverdue()), Style.BAD),
                        Cell.of(one.getMended()),
                        Cell.orDash(inTime(one)),
                        Cell.orDash(one.hasMeanTime() ? Times.rough(Times.duration(one.getMeanTime())) : "")));
        return table;
    }

    private static String inTime(Remediation one) {
        return one.getMended() == 0 ? "" : 100 * one.getMendedWithin() / one.getMended() + " %";
    }

    private static Table waivers(ComplianceReportResponse report, Times times) {
        Table table = Table.of("WAIVER", "LETS PASS", "ON HOSTS", "EXPIRES", "APPROVED BY", "REASON");
        for (StandingWaiver one : report.getWaiversList()) {
            table.row(
                    Cell.of(one.getWaiver().getName()),
                    Cell.of(WaiverView.subject(one.getWaiver())),
                    Cell.of(one.getHosts()),
                    Cell.of(times.relative(one.getWaiver().getExpiresAt())),
                    Cell.of(one.getWaiver().getApprovedBy()),
                    Cell.of(one.getWaiver().getReason()));
        }
        return table;
    }

    private static Table notPatched(ComplianceReportResponse report, Times times) {
        Table table = Table.of("NOT PATCHED", "ROLLOUT", "RUN", "OUTCOME", "ENDED", "WHY");
        for (RunNote run : report.getNotPatchedList()) {
            table.row(
                    Cell.of(run.getHost()),
                    Cell.orDash(run.getRollout()),
                    Cell.of(run.getRun()),
                    new Cell(run.getOutcome().replace('_', ' '), Style.WARN),
                    Cell.of(times.relative(run.getEndedAt())),
                    Cell.orDash(run.getReason()));
        }
        return table;
    }
}
