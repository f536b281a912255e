package dev.drydock.controller.web.page;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.RenderContractReportResponse;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc;
import dev.drydock.proto.v1.ReportServiceGrpc;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports as files to keep, in the reader's zone, and where to look at them before. */
public final class ReportFiles {
    public static final List<String> FORMATS = List.of("pdf", "html", "csv", "json", "junit");
    private static final String MONTH = "20[0-9]{2}-(0[1-9]|1[0-2])";

    public Reply pdf(Request request) {
        return compliance(request, DocumentFormat.DOCUMENT_PDF);
    }

    public Reply html(Request request) {
        return compliance(request, DocumentFormat.DOCUMENT_HTML);
    }

    /** Of what was chosen; a word that is no format is a PDF. */
    public Reply chosen(Request request) {
        DocumentFormat format = format(request.query("format"));
        String contract = request.query("report");
        return contract.isEmpty() ? compliance(request, format) : contract(request, contract, format);
    }

    /** The page that shows the same. */
    public Reply preview(Request request) {
        String contract = request.query("report");
        Map<String, String> query = new LinkedHashMap<>();
        if (contract.isEmpty()) {
            query.put("filter", request.query("filter"));
            return new Reply.Seen(Pager.link("/reports", query));
        }
        query.put("month", request.query("month"));
        return new Reply.Seen(Pager.link(Paths.contract(contract), query));
    }

    /** A word that is no format is a PDF. */
    public static DocumentFormat format(String word) {
        return FORMATS.contains(word)
                ? DocumentFormat.valueOf("DOCUMENT_" + word.toUpperCase(Locale.ROOT))
                : DocumentFormat.DOCUMENT_PDF;
    }

    private static Reply compliance(Request request, DocumentFormat format) {
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

    /** A month of the contract's zone; where none is given, the one before this. */
    private static Reply contract(Request request, String name, DocumentFormat format) {
        Contract contract = request.api()
                .calls(ContractServiceGrpc::newBlockingStub)
                .getContract(GetContractRequest.newBuilder().setName(name).build());
        ZoneId zone = ZoneId.of(contract.getZone());
        String wanted = request.query("month");
        YearMonth month = wanted.matches(MONTH)
                ? YearMonth.parse(wanted)
                : YearMonth.from(request.when().now().atZone(zone)).minusMonths(1);
        RenderContractReportResponse file = request.api()
                .calls(ReportScheduleServiceGrpc::newBlockingStub)
                .renderContractReport(RenderContractReportRequest.newBuilder()
                        .setContract(name)
                        .setFrom(start(month, zone))
                        .setTo(start(month.plusMonths(1), zone))
                        .setFormat(format)
                        .setZone(contract.getZone())
                        .build());
        return new Reply.Download(
                file.getContentType(), file.getFileName(), file.getContent().toByteArray());
    }

    private static Timestamp start(YearMonth month, ZoneId zone) {
        return Timestamp.newBuilder()
                .setSeconds(month.atDay(1).atStartOfDay(zone).toEpochSecond())
                .build();
    }
}
