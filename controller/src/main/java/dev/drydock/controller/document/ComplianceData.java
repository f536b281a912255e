package dev.drydock.controller.document;

import dev.drydock.controller.web.text.When;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RuleStanding;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The compliance report for programs. */
final class ComplianceData {
    private ComplianceData() {}

    /** A line a host. New columns come at the end. */
    static String csv(ComplianceReportResponse report) {
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
        report.getRowsList().forEach(row -> add(csv, row, row.getStanding()));
        return csv.toString();
    }

    private static void add(Csv csv, HostCompliance row, HostStanding standing) {
        csv.row(
                row.getHost(),
                row.getState(),
                row.getPendingSecurity(),
                row.getPendingTotal(),
                row.getOldestAge().getSeconds(),
                row.getOldestPackage(),
                row.getRebootRequired(),
                row.hasLastSeen() ? When.instant(row.getLastSeen()) : "",
                row.getLastOutcome(),
                pairs(row.getLabelsMap()),
                row.getReason(),
                word(standing.getState()),
                String.join(" ", standing.getPoliciesList()),
                standing.hasWorst() ? name(standing.getWorst()) : "",
                standing.getWorst().getDetail(),
                standing.getOverdue().getSeconds(),
                standing.getVulnerabilitiesOrDefault("critical", 0),
                standing.getVulnerabilitiesOrDefault("high", 0),
                standing.getVulnerabilitiesOrDefault("medium", 0),
                standing.getVulnerabilitiesOrDefault("low", 0),
                standing.getVulnerabilitiesOrDefault("unrated", 0),
                standing.getExploited(),
                standing.getOverdueVulnerabilities(),
                standing.getWaivedVulnerabilities(),
                standing.getRulesList().stream()
                        .map(RuleStanding::getWaiver)
                        .filter(waiver -> !waiver.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" ")));
    }

    private static String pairs(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String word(PolicyState state) {
        return state == PolicyState.POLICY_STATE_UNSPECIFIED
                ? ""
                : state.name().replace("POLICY_", "").toLowerCase(Locale.ROOT);
    }

    private static String name(RuleStanding rule) {
        return rule.getPolicy() + "/" + rule.getRule();
    }

    /** A suite a host, a case a rule: late is a failure, unknown an error, what is waived is skipped, what is due has passed. */
    static String junit(ComplianceReportResponse report) {
        return Junit.xml(
                "drydock compliance",
                When.instant(report.getAt()),
                report.getRowsList().stream()
                        .map(row -> new Junit.Suite(
                                row.getHost(),
                                row.getStanding().getRulesList().stream()
                                        .map(ComplianceData::check)
                                        .toList()))
                        .toList());
    }

    private static Junit.Case check(RuleStanding rule) {
        String name = name(rule) + ": " + rule.getTitle();
        return switch (rule.getState()) {
            case POLICY_LATE -> new Junit.Case(name, Junit.Outcome.FAILURE, rule.getSeverity(), rule.getDetail());
            case POLICY_UNKNOWN, POLICY_STATE_UNSPECIFIED, UNRECOGNIZED ->
                new Junit.Case(name, Junit.Outcome.ERROR, rule.getSeverity(), rule.getDetail());
            case POLICY_WAIVED ->
                new Junit.Case(
                        name, Junit.Outcome.SKIPPED, "", "waived by " + rule.getWaiver() + ": " + rule.getDetail());
            case POLICY_COMPLIANT, POLICY_DUE -> Junit.Case.passed(name);
        };
    }
}
