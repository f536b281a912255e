package dev.drydock.controller.document;

import dev.drydock.controller.web.text.When;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.DocumentFormat;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Makes documents, a few at a time: each needs memory and a processor for some seconds. Thread-safe. */
public final class Documents {
    private static final int AT_ONCE = 2;

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Semaphore free = new Semaphore(AT_ONCE);

    /**
     * @param report is asked only when there is room to make a document of it
     * @param filter as the reader gave it
     * @throws BusyException when others are being made
     */
    public Document compliance(
            Supplier<ComplianceReportResponse> report, String filter, DocumentFormat format, ZoneId zone) {
        if (!free.tryAcquire()) {
            throw new BusyException();
        }
        try {
            ComplianceSheet sheet = ComplianceSheet.of(report.get(), filter, zone);
            String html = html(sheet);
            String name = "compliance-"
                    + When.instant(sheet.report().getAt()).atZone(zone).toLocalDate();
            return format == DocumentFormat.DOCUMENT_PDF
                    ? new Document("application/pdf", name + ".pdf", Pdf.of(Text.shown(html)))
                    : new Document("text/html; charset=utf-8", name + ".html", html.getBytes(StandardCharsets.UTF_8));
        } finally {
            free.release();
        }
    }

    /** Well-formed XML too. */
    String html(ComplianceSheet sheet) {
        StringOutput output = new StringOutput();
        templates.render("document/compliance.jte", sheet, output);
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
