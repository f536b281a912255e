package dev.drydock.cli.command;

import dev.drydock.cli.output.Csv;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.RuleStanding;
import java.util.List;
import java.util.stream.Collectors;

/** The compliance report for spreadsheets, a line a host. New columns come at the end. */
final class ComplianceCsv {
    private ComplianceCsv() {}

    static List<String> lines(ComplianceReportResponse report) {
        Csv csv = new Csv()
                .row(
                        "host",
                        "state",
                        "pending_security",
                        "pending_total",
                        "oldest_age_seconds",
                        "oldest_package",
                        "reboot_required",
                        "last_seen",
                        "last_outcome",
                        "labels",
                        "reason",
                        "policy_state",
                        "policies",
                        "worst_rule",
                        "worst_detail",
                        "overdue_seconds",
                        "critical",
                        "high",
                        "medium",
                        "low",
                        "unrated",
                        "exploited",
                        "overdue_vulnerabilities",
                        "waived_vulnerabilities",
                        "waivers");
        report.getRowsList()
                .forEach(row -> csv.row(
                        row.getHost(),
                        row.getState(),
                        row.getPendingSecurity(),
                        row.getPendingTotal(),
                        row.getOldestAge().getSeconds(),
                        row.getOldestPackage(),
                        row.getRebootRequired(),
                        Times.isSet(row.getLastSeen()) ? Times.instant(row.getLastSeen()) : "",
                        row.getLastOutcome(),
                        Pairs.text(row.getLabelsMap()),
                        row.getReason(),
                        PolicyStates.word(row.getStanding().getState()),
                        String.join(" ", row.getStanding().getPoliciesList()),
                        rule(row.getStanding().getWorst()),
                        row.getStanding().getWorst().getDetail(),
                        row.getStanding().getOverdue().getSeconds(),
                        vulnerabilities(row, "critical"),
                        vulnerabilities(row, "high"),
                        vulnerabilities(row, "medium"),
                        vulnerabilities(row, "low"),
                        vulnerabilities(row, "unrated"),
                        row.getStanding().getExploited(),
                        row.getStanding().getOverdueVulnerabilities(),
                        row.getStanding().getWaivedVulnerabilities(),
                        row.getStanding().getRulesList().stream()
                                .map(RuleStanding::getWaiver)
                                .filter(waiver -> !waiver.isEmpty())
                                .distinct()
                                .collect(Collectors.joining(" "))));
        return csv.lines();
    }

    private static String rule(RuleStanding rule) {
        return rule.getRule().isEmpty() ? "" : rule.getPolicy() + "/" + rule.getRule();
    }

    private static int vulnerabilities(HostCompliance row, String severity) {
        return row.getStanding().getVulnerabilitiesOrDefault(severity, 0);
    }
}
