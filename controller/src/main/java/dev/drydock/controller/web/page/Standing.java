package dev.drydock.controller.web.page;

import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.StandingTotals;
import java.util.List;
import java.util.Map;

/** How hosts stand by their policies, or by their pending updates alone where the controller has not judged them yet. */
public final class Standing {
    private Standing() {}

    static StandingTotals totals(ComplianceReportResponse report) {
        return report.hasTotals()
                ? report.getTotals()
                : StandingTotals.newBuilder()
                        .setHosts(report.getHosts())
                        .setCompliant(report.getCompliant())
                        .setDue(report.getPending())
                        .setLate(report.getLate())
                        .setUnknown(report.getUnknown())
                        .build();
    }

    public static PolicyState of(HostCompliance row) {
        if (row.hasStanding()) {
            return row.getStanding().getState();
        }
        return switch (row.getState()) {
            case COMPLIANT -> PolicyState.POLICY_COMPLIANT;
            case UPDATES_PENDING -> PolicyState.POLICY_DUE;
            case LATE -> PolicyState.POLICY_LATE;
            case UNKNOWN, COMPLIANCE_STATE_UNSPECIFIED, UNRECOGNIZED -> PolicyState.POLICY_UNKNOWN;
        };
    }

    /** Of a word of the filter; what is waived complies, as in the totals. Empty: all. */
    static List<PolicyState> states(String wanted) {
        return switch (wanted) {
            case "compliant" -> List.of(PolicyState.POLICY_COMPLIANT, PolicyState.POLICY_WAIVED);
            case "due" -> List.of(PolicyState.POLICY_DUE);
            case "late" -> List.of(PolicyState.POLICY_LATE);
            case "unknown" -> List.of(PolicyState.POLICY_UNKNOWN);
            default -> List.of();
        };
    }

    /** Whose a host is, by its labels. */
    public static String owner(Map<String, String> labels) {
        String team = labels.getOrDefault("team", "");
        String client = labels.getOrDefault("client", "");
        return team.isEmpty() || client.isEmpty() ? team + client : team + ", " + client;
    }

    /** Open vulnerabilities in words, the worst first. */
    public static String counts(HostStanding standing) {
        Map<String, Integer> counts = standing.getVulnerabilitiesMap();
        StringBuilder said = new StringBuilder();
        for (String severity : List.of("critical", "high", "medium", "low", "unrated")) {
            int count = counts.getOrDefault(severity, 0);
            if (count > 0) {
                said.append(said.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(severity);
            }
        }
        return said.isEmpty() ? "none" : said.toString();
    }
}
