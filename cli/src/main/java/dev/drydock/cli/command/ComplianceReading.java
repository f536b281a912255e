package dev.drydock.cli.command;

import dev.drydock.cli.client.Api;
import dev.drydock.proto.v1.ComplianceReportRequest;
import dev.drydock.proto.v1.ComplianceReportResponse;

/** Reads a compliance report page by page: that of a large fleet fits into no one message. */
final class ComplianceReading {
    private static final int PAGE = 1000;

    private ComplianceReading() {}

    static ComplianceReportResponse all(Api api, ComplianceReportRequest wanted) {
        ComplianceReportRequest.Builder request = wanted.toBuilder().setPageSize(PAGE);
        ComplianceReportResponse page = api.reports().complianceReport(request.build());
        ComplianceReportResponse.Builder all = page.toBuilder();
        while (!page.getNextPageToken().isEmpty()) {
            page = api.reports()
                    .complianceReport(
                            request.setPageToken(page.getNextPageToken()).build());
            all.addAllRows(page.getRowsList());
            if (page.hasVerdict()) {
                all.getVerdictBuilder()
                        .setLate(all.getVerdict().getLate() + page.getVerdict().getLate())
                        .setUnknown(all.getVerdict().getUnknown()
                                + page.getVerdict().getUnknown());
            }
        }
        return all.clearNextPageToken().build();
    }
}
