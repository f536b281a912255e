package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.Cel;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The compliance report: how many are safe, what is late, who is responsible. */
public final class ReportPage {
    public static final List<String> STATES = List.of("compliant", "due", "late", "unknown");
    private static final String PATH = "/reports";

    public Reply compliance(Request request) {
        String filter = request.query("filter");
        String state = STATES.contains(request.query("state")) ? request.query("state") : "";
        String page = request.query("page");
        ComplianceReportResponse report = ComplianceReportResponse.getDefaultInstance();
        String problem = "";
        try {
            report = request.api()
                    .calls(ReportServiceGrpc::newBlockingStub)
                    .complianceReport(ComplianceReportRequest.newBuilder()
                            .setFilter(filter)
                            .addAllStates(Standing.states(state))
                            .setPageSize(Pager.SIZE)
                            .setPageToken(page)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                throw e;
            }
            problem = String.valueOf(e.getStatus().getDescription());
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", filter);
        query.put("state", state);
        Rows rows = asSent(report, query);
        return Reply.page(
                "report",
                "reports",
                "Compliance",
                new View(
                        report,
                        Standing.totals(report),
                        Trend.of(report.getTrendList()),
                        rows,
                        page.isEmpty(),
                        filter,
                        state,
                        problem));
    }

    private static Rows asSent(ComplianceReportResponse report, Map<String, String> query) {
        String next = report.getNextPageToken();
        query.put("page", next);
        return new Rows(report.getRowsList(), next.isEmpty() ? "" : Pager.link(PATH, query));
    }

    /** @param next where the rows after these are; empty: there are none */
    public record Rows(List<HostCompliance> hosts, String next) {}

    /**
     * @param first what is not of a host comes with the first page only
     * @param state only hosts that stand so; empty: all
     */
    public record View(
            ComplianceReportResponse report,
            StandingTotals totals,
            Trend trend,
            Rows rows,
            boolean first,
            String filter,
            String state,
            String problem) {
        /** The first page of these hosts. */
        public String start() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("filter", filter);
            query.put("state", state);
            return Pager.link(PATH, query);
        }

        /** The report of one team or client. */
        public String group(StandingGroup group) {
            return Pager.link(
                    PATH,
                    Map.of(
                            "filter",
                            "host.labels[" + Cel.quote(group.getLabel()) + "] == " + Cel.quote(group.getValue())));
        }
    }
}
