package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.ReportServiceGrpc;

/** The compliance report as a file to keep, in the reader's zone. */
public final class ReportFiles {
    public Reply pdf(Request request) {
        return file(request, DocumentFormat.DOCUMENT_PDF);
    }

    public Reply html(Request request) {
        return file(request, DocumentFormat.DOCUMENT_HTML);
    }

    private static Reply file(Request request, DocumentFormat format) {
        RenderComplianceReportResponse file = request.api()
                .calls(ReportServiceGrpc::newBlockingStub)
                .renderComplianceReport(RenderComplianceReportRequest.newBuilder()
                        .setFilter(request.query("filter"))
                        .setFormat(format)
                        .setZone(request.when().zone().getId())
                        .build());
        return new Reply.Download(
                file.getContentType(), file.getFileName(), file.getContent().toByteArray());
    }
}
