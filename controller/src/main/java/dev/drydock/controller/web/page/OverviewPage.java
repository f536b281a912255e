package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.When;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.NextOpeningsRequest;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceBlockingStub;
import java.util.Comparator;
import java.util.List;

/** What is safe, what is late, what comes next, what runs. */
public final class OverviewPage {
    private static final int MOST_LATE = 8;
    private static final int MOST_OPENINGS = 6;
    private static final int MOST_ENDED = 5;

    public Reply show(Request request) {
        ComplianceReportResponse report = request.api()
                .calls(ReportServiceGrpc::newBlockingStub)
                .complianceReport(ComplianceReportRequest.getDefaultInstance());
        List<Rollout> rollouts = request.api()
                .calls(RolloutServiceGrpc::newBlockingStub)
                .listRollouts(ListRolloutsRequest.getDefaultInstance())
                .getRolloutsList();
        return Reply.page(
                "overview",
                "overview",
                "Overview",
                new View(
                        report,
                        report.getRowsList().stream()
                                .filter(row -> row.getState() == ComplianceState.LATE)
                                .limit(MOST_LATE)
                                .toList(),
                        rollouts.stream()
                                .filter(rollout -> !rollout.hasEndedAt())
                                .toList(),
                        report.getRolloutsList().stream()
                                .filter(RolloutSummary::hasEndedAt)
                                .limit(MOST_ENDED)
                                .toList(),
                        openings(request)));
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
            ComplianceReportResponse report,
            List<HostCompliance> late,
            List<Rollout> live,
            List<RolloutSummary> ended,
            List<NextOpening> openings) {}

    public record NextOpening(String window, Opening opening) {}
}
