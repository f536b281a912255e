package dev.drydock.controller.document;

import dev.drydock.controller.web.text.When;
import dev.drydock.controller.web.text.Words;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.Remediation;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.RunNote;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the document tells: so much that its first part is one page, whatever the fleet, and says how much it leaves out.
 *
 * @param filter which hosts; empty: all that the reader may see
 * @param appendix hosts, the worst first
 */
public record ComplianceSheet(
        ComplianceReportResponse report, String filter, When when, TrendChart trend, Some<HostCompliance> appendix) {
    static final int APPENDIX = 1000;
    private static final DateTimeFormatter MADE = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private static final int FEW = 5;

    static ComplianceSheet of(ComplianceReportResponse report, String filter, ZoneId zone) {
        When when = new When(When.instant(report.getAt()), zone);
        return new ComplianceSheet(
                report,
                filter,
                when,
                TrendChart.of(
                        report.getTrendList(), when.now().atZone(ZoneOffset.UTC).toLocalDate()),
                Some.of(report.getRowsList().stream().sorted(WORST_FIRST).toList(), APPENDIX));
    }

    private static final Comparator<HostCompliance> WORST_FIRST = Comparator.comparing(
                    ComplianceSheet::overdue, Comparator.reverseOrder())
            .thenComparing(row -> row.getStanding().getState().getNumber(), Comparator.reverseOrder())
            .thenComparing(HostCompliance::getHost);

    /** The first of many. */
    public record Some<T>(List<T> items, int more) {
        static <T> Some<T> of(List<T> all, int most) {
            int shown = Math.min(most, all.size());
            return new Some<>(List.copyOf(all.subList(0, shown)), all.size() - shown);
        }
    }

    /** When it was made, as a title says it: with the year and the zone. */
    public String made() {
        return MADE.format(when.now().atZone(when.zone())) + " " + when.zoneName();
    }

    /** One line of it. */
    static String summary(ComplianceReportResponse report) {
        StandingTotals totals = report.getTotals();
        return totals.getCompliant() + " of " + Words.count(totals.getHosts(), "host") + " comply; " + totals.getLate()
                + " late, " + totals.getDue() + " due, " + totals.getUnknown() + " unknown";
    }

    public StandingTotals totals() {
        return report.getTotals();
    }

    private static Duration overdue(HostCompliance row) {
        return When.duration(row.getStanding().getOverdue());
    }

    /** Hosts late by a policy, the longest late first. */
    public Some<HostCompliance> late() {
        return Some.of(
                report.getRowsList().stream()
                        .filter(row -> overdue(row).isPositive())
                        .sorted(WORST_FIRST)
                        .toList(),
                FEW);
    }

    /** Whose hosts are late: teams and clients, those with the most first. */
    public Some<StandingGroup> whose() {
        return Some.of(
                report.getGroupsList().stream()
                        .filter(group -> group.getTotals().getLate() > 0)
                        .sorted(Comparator.comparingInt((StandingGroup group) ->
                                        group.getTotals().getLate())
                                .reversed()
                                .thenComparing(StandingGroup::getLabel)
                                .thenComparing(StandingGroup::getValue))
                        .toList(),
                FEW);
    }

    /** Newest first. */
    public Some<RolloutSummary> rollouts() {
        return Some.of(report.getRolloutsList(), FEW);
    }

    public Some<RunNote> notPatched() {
        return Some.of(report.getNotPatchedList(), FEW);
    }

    /** Those that end first are first. */
    public Some<StandingWaiver> waivers() {
        return Some.of(
                report.getWaiversList().stream()
                        .sorted(Comparator.comparing(
                                waiver -> When.instant(waiver.getWaiver().getExpiresAt())))
                        .toList(),
                FEW);
    }

    public long mended() {
        return report.getRemediationList().stream()
                .mapToLong(Remediation::getMended)
                .sum();
    }

    public long mendedWithin() {
        return report.getRemediationList().stream()
                .mapToLong(Remediation::getMendedWithin)
                .sum();
    }

    /** Of all severities; zero where none was mended. */
    public Duration meanTime() {
        double seconds = report.getRemediationList().stream()
                .mapToDouble(one -> (double) one.getMended() * one.getMeanTime().getSeconds())
                .sum();
        return mended() == 0 ? Duration.ZERO : Duration.ofSeconds(Math.round(seconds / mended()));
    }

    /** Whose it is, by its labels. */
    public String owners(HostCompliance row) {
        return Stream.of("team", "client")
                .map(label -> row.getLabelsOrDefault(label, ""))
                .filter(owner -> !owner.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** A row without a standing is one that nothing is known of. */
    public String state(HostCompliance row) {
        return switch (row.getStanding().getState()) {
            case POLICY_COMPLIANT -> "compliant";
            case POLICY_WAIVED -> "waived";
            case POLICY_DUE -> "due";
            case POLICY_LATE -> "late";
            case POLICY_UNKNOWN, POLICY_STATE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    /** The rule that it stands worst by, else why it is as it is. */
    public String worst(HostCompliance row) {
        RuleStanding rule = row.getStanding().getWorst();
        return rule.getRule().isEmpty() ? row.getReason() : rule.getRule() + ": " + rule.getDetail();
    }

    /** Cut, so that a row stays a row. */
    public static String cut(String text, int most) {
        return Text.cut(text, most);
    }
}
