package dev.drydock.controller.api;

import dev.drydock.controller.compliance.ComplianceReport;
import dev.drydock.controller.compliance.HostCompliance;
import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.compliance.fleet.FleetStanding;
import dev.drydock.controller.compliance.fleet.Standings;
import dev.drydock.controller.compliance.rule.HostStanding;
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
     * @param listed the rollouts that it tells of
     * @param sight of whoever asks
     * @param size rows at most; 0: all
     */
    ComplianceReportResponse report(
            Predicate<Host> selected,
            List<Rollout> listed,
            Sight sight,
            Optional<Duration> grace,
            int size,
            String token,
            boolean allRules) {
        ComplianceReport report = reports.compliance(selected, listed, sight::sees, grace);
        Page<HostCompliance> page = Page.of(report.rows(), size, token);
        FleetStanding fleet = standings.fleet(selected);
        Map<String, HostStanding> byName = fleet.hosts().stream()
                .collect(Collectors.toMap(host -> host.host().name(), Function.identity()));
        ComplianceReportResponse.Builder message =
                ReportMapper.message(report, page.items()).setNextPageToken(page.next());
        message.getRowsBuilderList().forEach(row -> {
            // Enrolled between the two questions: the next report tells.
            Optional.ofNullable(byName.get(row.getHost()))
                    .ifPresent(standing -> row.setStanding(StandingMapper.message(standing, allRules)));
        });
        if (token.isEmpty()) {
            report.rollouts().stream().map(ReportMapper::message).forEach(message::addRollouts);
            StandingMapper.addTo(message, fleet);
            vulnerabilities.feeds().stream().map(FeedMapper::message).forEach(message::addFeeds);
            message.addAllNotPatched(notPatched(fleet));
        }
        return message.build();
    }

    private List<RunNote> notPatched(FleetStanding fleet) {
        Map<String, Run> last = reports.lastEnded();
        return fleet.hosts().stream()
                .flatMap(host -> Optional.ofNullable(last.get(host.host().id()))
                        .filter(run -> NOT_PATCHED.contains(run.state()))
                        .map(run -> Map.entry(host.host().name(), run))
                        .stream())
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Run> one) -> one.getValue().endedAt().orElse(Instant.EPOCH),
                        Comparator.reverseOrder()))
                .map(one -> note(one.getKey(), one.getValue()))
                .toList();
    }

    private RunNote note(String host, Run run) {
        RunNote.Builder note = RunNote.newBuilder()
                .setHost(host)
                .setRun(run.id())
                .setRollout(rollouts.find(run.rolloutId()).map(Rollout::name).orElse(""))
                .setOutcome(run.state().name().toLowerCase(Locale.ROOT))
                .setReason(run.reason());
        Times.timestamp(run.endedAt(), note::setEndedAt);
        return note.build();
    }
}
