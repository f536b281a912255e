package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.ReportServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The compliance report: how many are safe, what is late, who is responsible. */
public final class ReportPage {
    public Reply compliance(Request request) {
        String filter = request.query("filter");
        String state = request.query("state").toUpperCase(Locale.ROOT);
        ComplianceReportResponse report = ComplianceReportResponse.getDefaultInstance();
        String problem = "";
        try {
            report = request.api()
                    .calls(ReportServiceGrpc::newBlockingStub)
                    .complianceReport(ComplianceReportRequest.newBuilder()
                            .setFilter(filter)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                throw e;
            }
            problem = String.valueOf(e.getStatus().getDescription());
        }
        List<HostCompliance> rows = report.getRowsList().stream()
                .filter(row -> state.isEmpty() || row.getState().name().equals(state))
                .toList();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", filter);
        query.put("state", request.query("state"));
        return Reply.page(
                "report",
                "reports",
                "Compliance",
                new View(report, Pager.of(rows, request.query("page"), "/reports", query), filter, problem));
    }

    public record View(ComplianceReportResponse report, Pager<HostCompliance> rows, String filter, String problem) {}
}
