package dev.drydock.controller.document;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.drydock.controller.web.text.When;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.DocumentFormat;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Makes documents; those for people a few at a time: each needs memory and a processor for some seconds. Thread-safe. */
public final class Documents {
    private static final int AT_ONCE = 2;
    private static final Set<DocumentFormat> DATA =
            Set.of(DocumentFormat.DOCUMENT_CSV, DocumentFormat.DOCUMENT_JSON, DocumentFormat.DOCUMENT_JUNIT);
    /** As the REST API and the command line print it. */
    private static final JsonFormat.Printer JSON = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Semaphore free = new Semaphore(AT_ONCE);

    /**
     * @param report is asked only when there is room to make a document of it
     * @param filter as the reader gave it
     * @throws BusyException when others are being made
     */
    public Document compliance(
            Supplier<ComplianceReportResponse> report, String filter, DocumentFormat format, ZoneId zone) {
        return inTurn(format, () -> {
            ComplianceReportResponse made = report.get();
            String name = "compliance-" + day(made.getAt(), zone);
            String summary = ComplianceSheet.summary(made);
            return switch (format) {
                case DOCUMENT_CSV -> data(Kind.CSV, name, ComplianceData.csv(made), summary);
                case DOCUMENT_JSON -> data(Kind.JSON, name, json(made), summary);
                case DOCUMENT_JUNIT -> data(Kind.JUNIT, name, ComplianceData.junit(made), summary);
                case DOCUMENT_PDF -> pdf(name, html(ComplianceSheet.of(made, filter, zone)), summary);
                case DOCUMENT_HTML, DOCUMENT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
                    data(Kind.HTML, name, html(ComplianceSheet.of(made, filter, zone)), summary);
            };
        });
    }

    /** As {@link #compliance}, of a contract. */
    public Document contract(Supplier<ContractReportResponse> report, DocumentFormat format, ZoneId zone) {
        return inTurn(format, () -> {
            ContractReportResponse made = report.get();
            String name = "contract-" + made.getContract() + "-" + day(made.getFrom(), zone);
            ContractSheet sheet = ContractSheet.of(made, zone);
            return switch (format) {
                case DOCUMENT_CSV -> data(Kind.CSV, name, ContractData.csv(made), sheet.summary());
                case DOCUMENT_JSON -> data(Kind.JSON, name, json(made), sheet.summary());
                case DOCUMENT_JUNIT -> data(Kind.JUNIT, name, ContractData.junit(made), sheet.summary());
                case DOCUMENT_PDF -> pdf(name, html("contract", sheet), sheet.summary());
                case DOCUMENT_HTML, DOCUMENT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
                    data(Kind.HTML, name, html("contract", sheet), sheet.summary());
            };
        });
    }

    /** What is for programs is made at once: it takes no more than the answer that it is of. */
    private Document inTurn(DocumentFormat format, Supplier<Document> work) {
        if (DATA.contains(format)) {
            return work.get();
        }
        if (!free.tryAcquire()) {
            throw new BusyException();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private static LocalDate day(Timestamp at, ZoneId zone) {
        return When.instant(at).atZone(zone).toLocalDate();
    }

    private static Document pdf(String name, String html, String summary) {
        return new Document("application/pdf", name + ".pdf", Pdf.of(Text.shown(html)), summary);
    }

    private static Document data(Kind kind, String name, String text, String summary) {
        return new Document(kind.type, name + kind.ending, text.getBytes(StandardCharsets.UTF_8), summary);
    }

    private static String json(MessageOrBuilder report) {
        try {
            return JSON.print(report) + "\n";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a report that is no JSON", e);
        }
    }

    /** What text can be. */
    private enum Kind {
        HTML("text/html; charset=utf-8", ".html"),
        CSV("text/csv; charset=utf-8", ".csv"),
        JSON("application/json", ".json"),
        JUNIT("application/xml", ".xml");

        private final String type;
        private final String ending;

        Kind(String type, String ending) {
            this.type = type;
            this.ending = ending;
        }
    }

    /** Well-formed XML too. */
    String html(ComplianceSheet sheet) {
        return html("compliance", sheet);
    }

    private String html(String template, Object sheet) {
        StringOutput output = new StringOutput();
        templates.render("document/" + template + ".jte", sheet, output);
        return Text.clean(output.toString());
    }

    /** As many documents are being made as may be at once. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("Other reports are being made. Try again in a minute.");
        }
    }
}
