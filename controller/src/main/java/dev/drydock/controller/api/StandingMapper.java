package dev.drydock.controller.api;

import dev.drydock.controller.compliance.fleet.FleetStanding;
import dev.drydock.controller.compliance.fleet.Group;
import dev.drydock.controller.compliance.fleet.Totals;
import dev.drydock.controller.compliance.rule.HostStanding;
import dev.drydock.controller.compliance.rule.RuleResult;
import dev.drydock.controller.compliance.rule.RuleState;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.Remediation;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import dev.drydock.proto.v1.TrendPoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How hosts stand by their policies, as messages. */
final class StandingMapper {
    private StandingMapper() {}

    /** What is not of one host. */
    static void addTo(ComplianceReportResponse.Builder report, FleetStanding fleet, Sight sight) {
        report.setTotals(message(fleet.totals()))
                .addAllGroups(
                        fleet.groups().stream().map(StandingMapper::message).toList())
                .addAllByPolicy(
                        fleet.byPolicy().stream().map(StandingMapper::message).toList())
                .addAllTrend(fleet.trend().stream().map(StandingMapper::message).toList())
                .addAllRemediation(fleet.remediation().stream()
                        .map(StandingMapper::message)
                        .toList())
                .addAllWaivers(fleet.waivers().stream()
                        .map(hidden -> StandingWaiver.newBuilder()
                                .setWaiver(WaiverMapper.message(hidden.waiver(), fleet.at(), sight))
                                .setHosts(hidden.hosts())
                                .setThings(hidden.things())
                                .build())
                        .toList());
    }

    /** @param allRules those that it keeps too */
    static dev.drydock.proto.v1.HostStanding message(HostStanding host, boolean allRules) {
        dev.drydock.proto.v1.HostStanding.Builder message = dev.drydock.proto.v1.HostStanding.newBuilder()
                .setState(state(host.state()))
                .addAllPolicies(host.results().stream()
                        .map(RuleResult::policy)
                        .distinct()
                        .toList())
                .setExploited(host.vulnerabilities().exploited())
                .setOverdueVulnerabilities(host.vulnerabilities().allOverdue())
                .setWaivedVulnerabilities(host.vulnerabilities().waived());
        Stream<RuleResult> rules =
                host.results().stream().filter(result -> allRules || result.state() != RuleState.COMPLIES);
        rules.map(StandingMapper::message).forEach(message::addRules);
        host.worst().map(StandingMapper::message).ifPresent(message::setWorst);
        host.results().stream()
                .flatMap(result -> result.over().stream())
                .max(Duration::compareTo)
                .map(Times::duration)
                .ifPresent(message::setOverdue);
        for (Map.Entry<Severity, Integer> count :
                host.vulnerabilities().bySeverity().entrySet()) {
            message.putVulnerabilities(count.getKey().word(), count.getValue());
        }
        return message.build();
    }

    private static RuleStanding message(RuleResult result) {
        RuleStanding.Builder message = RuleStanding.newBuilder()
                .setPolicy(result.policy())
                .setRule(result.rule().id())
                .setTitle(result.rule().title())
                .setSeverity(result.rule().severity().name().toLowerCase(Locale.ROOT))
                .setState(state(result.state()))
                .setDetail(result.detail())
                .setWaiver(result.waiver().orElse(""));
        Times.timestamp(result.due(), message::setDue);
        result.over().map(Times::duration).ifPresent(message::setOverdue);
        return message.build();
    }

    /** @param problems of the field {@code states} are added */
    static Set<RuleState> states(List<PolicyState> asked, List<String> problems) {
        Set<RuleState> states = EnumSet.noneOf(RuleState.class);
        for (PolicyState state : asked) {
            switch (state) {
                case POLICY_COMPLIANT -> states.add(RuleState.COMPLIES);
                case POLICY_WAIVED -> states.add(RuleState.WAIVED);
                case POLICY_DUE -> states.add(RuleState.DUE);
                case POLICY_UNKNOWN -> states.add(RuleState.UNKNOWN);
                case POLICY_LATE -> states.add(RuleState.LATE);
                case POLICY_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    problems.add(
                            "states: '" + state + "' is no state; take POLICY_COMPLIANT, POLICY_WAIVED, POLICY_DUE,"
                                    + " POLICY_UNKNOWN or POLICY_LATE");
            }
        }
        return states;
    }

    static PolicyState state(RuleState state) {
        return switch (state) {
            case COMPLIES -> PolicyState.POLICY_COMPLIANT;
            case WAIVED -> PolicyState.POLICY_WAIVED;
            case DUE -> PolicyState.POLICY_DUE;
            case UNKNOWN -> PolicyState.POLICY_UNKNOWN;
            case LATE -> PolicyState.POLICY_LATE;
        };
    }

    private static StandingTotals message(Totals totals) {
        return StandingTotals.newBuilder()
                .setHosts(totals.hosts())
                .setCompliant(totals.compliant())
                .setDue(totals.due())
                .setLate(totals.late())
                .setUnknown(totals.unknown())
                .setWaived(totals.waived())
                .setCritical(totals.critical())
                .setHigh(totals.high())
                .setExploited(totals.exploited())
                .build();
    }

    private static StandingGroup message(Group group) {
        return StandingGroup.newBuilder()
                .setPolicy(group.policy())
                .setLabel(group.label())
                .setValue(group.value())
                .setTotals(message(group.totals()))
                .build();
    }

    private static TrendPoint message(dev.drydock.controller.compliance.fleet.TrendPoint point) {
        return TrendPoint.newBuilder()
                .setDay(point.day().toString())
                .setGroup(message(point.group()))
                .build();
    }

    private static Remediation message(dev.drydock.controller.compliance.fleet.Remediation one) {
        Remediation.Builder message = Remediation.newBuilder()
                .setSeverity(Severities.message(one.severity()))
                .setMended(one.mended())
                .setMendedWithin(one.within())
                .setOpen(one.open())
                .setOverdue(one.overdue());
        one.mean().map(Times::duration).ifPresent(message::setMeanTime);
        return message.build();
    }
}
