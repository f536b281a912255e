package dev.drydock.controller.api;

import dev.drydock.controller.compliance.Asked;
import dev.drydock.controller.compliance.ComplianceReport;
import dev.drydock.controller.compliance.HostCompliance;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.compliance.RolloutEnds;
import dev.drydock.controller.compliance.fleet.FleetStanding;
import dev.drydock.controller.compliance.fleet.HostVerdict;
import dev.drydock.controller.compliance.fleet.Standings;
import dev.drydock.controller.compliance.rule.HostStanding;
import dev.drydock.controller.compliance.rule.RuleState;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.vulnerability.Vulnerabilities;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.RunNote;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The compliance report: by security updates and a grace, and by policies. */
public final class ComplianceReports {
    private static final Set<RunState> NOT_PATCHED =
            Set.of(RunState.ROLLED_BACK, RunState.ROLLBACK_FAILED, RunState.LOST);

    private final Reports reports;
    private final Standings standings;
    private final Vulnerabilities vulnerabilities;
    private final Rollouts rollouts;

    public ComplianceReports(Reports reports, Standings standings, Vulnerabilities vulnerabilities, Rollouts rollouts) {
        this.reports = reports;
        this.standings = standings;
        this.vulnerabilities = vulnerabilities;
        this.rollouts = rollouts;
    }

    /**
     * What is asked for.
     *
     * @param states only hosts that stand so by their policies, those first that are late for longest; empty: all, by urgency
     * @param size rows at most; 0: all
     * @param rowsOnly nothing that is not of a host
     */
    record Request(
            Predicate<Host> selected,
            Optional<Duration> grace,
            Set<RuleState> states,
            int size,
            String token,
            boolean allRules,
            boolean rowsOnly) {
        /** Whether what is not of a host is told too. */
        boolean whole() {
            return token.isEmpty() && !rowsOnly;
        }
    }

    /** @param sight of whoever asks */
    ComplianceReportResponse report(Request request, Sight sight) {
        // What nobody is told is not counted.
        Optional<FleetStanding> fleet = request.whole() || !request.states().isEmpty()
                ? Optional.of(standings.fleet(request.selected()))
                : Optional.empty();
        Instant at = fleet.map(FleetStanding::at).orElseGet(standings::looked);
        List<Rollout> listed = request.whole() ? rollouts.heads() : List.of();
        Asked asked = new Asked(
                request.grace(),
                fleet.filter(any -> !request.states().isEmpty()).map(found -> standing(found, request.states())),
                Page.from(request.token()),
                Page.size(request.size()));
        ComplianceReport report =
                reports.compliance(request.selected(), listed, sight.whole() ? RolloutEnds.ALL : sight::sees, asked);
        ComplianceReportResponse.Builder message = ReportMapper.message(report)
                .setNextPageToken(report.next() == 0 ? "" : Integer.toString(report.next()));
        Map<String, HostStanding> byName =
                standings
                        .standings(
                                report.rows().stream().map(HostCompliance::id).toList(), at)
                        .stream()
                        .collect(Collectors.toMap(host -> host.host().name(), Function.identity()));
        message.getRowsBuilderList().forEach(row -> {
            // Enrolled between the two questions: the next report tells.
            Optional.ofNullable(byName.get(row.getHost()))
                    .ifPresent(standing -> row.setStanding(StandingMapper.message(standing, request.allRules())));
        });
        message.setVerdict(ComplianceVerdicts.of(message.getRowsList()));
        if (request.whole()) {
            report.rollouts().stream()
                    .filter(rollout -> sight.whole() || rollout.hosts() > 0)
                    .map(ReportMapper::message)
                    .forEach(message::addRollouts);
            fleet.ifPresent(found -> StandingMapper.addTo(message, found, sight));
            vulnerabilities.feeds().stream().map(FeedMapper::message).forEach(message::addFeeds);
            message.addAllNotPatched(notPatched(request.selected(), listed));
        }
        return message.build();
    }

    private static List<String> standing(FleetStanding fleet, Set<RuleState> states) {
        return fleet.hosts().stream()
                .filter(host -> states.contains(host.verdict().state()))
                .sorted(Comparator.comparing(
                                (HostVerdict host) -> host.verdict().lateSince().orElse(Instant.MAX))
                        .thenComparing(host -> host.host().name()))
                .map(host -> host.host().id())
                .toList();
    }

    private List<RunNote> notPatched(Predicate<Host> selected, List<Rollout> listed) {
        Map<String, String> named =
                listed.stream().collect(Collectors.toMap(Rollout::id, Rollout::name, (one, other) -> one));
        return reports.lastEndedAs(NOT_PATCHED, selected).stream()
                .map(last -> note(last.host(), last.run(), named))
                .toList();
    }

    /** @param named names of rollouts by id */
    private static RunNote note(String host, Run run, Map<String, String> named) {
        RunNote.Builder note = RunNote.newBuilder()
                .setHost(host)
                .setRun(run.id())
                .setRollout(named.getOrDefault(run.rolloutId(), ""))
                .setOutcome(run.state().name().toLowerCase(Locale.ROOT))
                .setReason(run.reason());
        Times.timestamp(run.endedAt(), note::setEndedAt);
        return note.build();
    }
}
