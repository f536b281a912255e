package dev.drydock.controller.web.page;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.When;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentServiceGrpc;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.NextOpeningsRequest;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceBlockingStub;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is safe, what is late, what comes next, what runs. */
public final class OverviewPage {
    private static final int MOST_LATE = 8;
    private static final int MOST_OPENINGS = 6;
    private static final int MOST_ENDED = 5;
    private static final int MOST_INCIDENTS = 1000;

    public Reply show(Request request) {
        ComplianceReportResponse report = request.api()
                .calls(ReportServiceGrpc::newBlockingStub)
                .complianceReport(ComplianceReportRequest.newBuilder()
                        .addStates(PolicyState.POLICY_LATE)
                        .setPageSize(MOST_LATE)
                        .build());
        List<Rollout> rollouts = request.api()
                .calls(RolloutServiceGrpc::newBlockingStub)
                .listRollouts(ListRolloutsRequest.getDefaultInstance())
                .getRolloutsList();
        return Reply.page(
                "overview",
                "overview",
                "Overview",
                new View(
                        Standing.totals(report),
                        Trend.of(report.getTrendList()),
                        incidents(request),
                        report.getRowsList(),
                        rollouts.stream()
                                .filter(rollout -> !rollout.hasEndedAt())
                                .toList(),
                        report.getRolloutsList().stream()
                                .filter(RolloutSummary::hasEndedAt)
                                .limit(MOST_ENDED)
                                .toList(),
                        openings(request)));
    }

    private static Asked<Incidents> incidents(Request request) {
        return Asked.of(() -> Incidents.of(request.api()
                .calls(IncidentServiceGrpc::newBlockingStub)
                .listIncidents(ListIncidentsRequest.newBuilder()
                        .setPageSize(MOST_INCIDENTS)
                        .build())));
    }

    private static List<NextOpening> openings(Request request) {
        WindowServiceBlockingStub windows = request.api().calls(WindowServiceGrpc::newBlockingStub);
        return windows.listWindows(ListWindowsRequest.getDefaultInstance()).getWindowsList().stream()
                .map(Window::getName)
                .flatMap(name -> windows
                        .nextOpenings(NextOpeningsRequest.newBuilder()
                                .setName(name)
                                .setCount(2)
                                .build())
                        .getOpeningsList()
                        .stream()
                        .map(opening -> new NextOpening(name, opening)))
                .sorted(Comparator.comparing(next -> When.instant(next.opening().getOpens())))
                .limit(MOST_OPENINGS)
                .toList();
    }

    /**
     * @param late those that are late for longest
     * @param live rollouts that have not ended
     * @param ended the newest
     */
    public record View(
            StandingTotals totals,
            Trend trend,
            Asked<Incidents> incidents,
            List<HostCompliance> late,
            List<Rollout> live,
            List<RolloutSummary> ended,
            List<NextOpening> openings) {}

    public record NextOpening(String window, Opening opening) {}

    /**
     * Those that are not resolved.
     *
     * @param more there are more than were counted
     * @param next whose running clock is due first; empty: none has a promise that runs
     */
    public record Incidents(int open, boolean more, Optional<Due> next) {
        static Incidents of(ListIncidentsResponse answer) {
            List<Incident> open = answer.getIncidentsList().stream()
                    .filter(incident -> incident.getState() != IncidentState.INCIDENT_RESOLVED
                            && incident.getState() != IncidentState.INCIDENT_CLOSED)
                    .toList();
            return new Incidents(
                    open.size(),
                    !answer.getNextPageToken().isEmpty(),
                    open.stream()
                            .flatMap(incident -> Stream.of(incident.getResponse(), incident.getFix())
                                    .filter(clock -> clock.getState() == ClockState.CLOCK_RUNNING && clock.hasDue())
                                    .map(clock -> new Due(incident, clock.getDue())))
                            .min(Comparator.comparing(due -> When.instant(due.at()))));
        }
    }

    public record Due(Incident incident, Timestamp at) {}
}
