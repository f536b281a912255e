package dev.drydock.cli.command;

import com.google.protobuf.Duration;
import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The compliance report as a file that the controller makes. */
final class ComplianceDocument {
    private final App app;
    private final @Nullable Path file;

    /** @param file where to; null: standard output */
    ComplianceDocument(App app, @Nullable Path file) {
        this.app = app;
        this.file = file;
    }

    /** For what is no document. */
    void refuse() {
        if (file != null) {
            throw CliException.usage(
                    "--file is for documents.", "Give it with --output html or pdf, or redirect: > " + file);
        }
    }

    void write(String filter, Duration grace, boolean failOn) {
        OutputFormat format = app.output().format();
        if (failOn || app.output().quiet()) {
            throw CliException.usage(
                    "A document takes neither --fail-on nor --quiet.", "Call again without --output for them.");
        }
        if (file == null
                && format == OutputFormat.PDF
                && app.environment().terminal().output()) {
            throw CliException.usage(
                    "A PDF is nothing for a terminal.", "Give --file compliance.pdf, or redirect: > compliance.pdf");
        }
        if (file != null) {
            LocalFiles.requireAbsent(file);
        }
        RenderComplianceReportResponse document = app.api()
                .reports()
                .renderComplianceReport(RenderComplianceReportRequest.newBuilder()
                        .setFilter(filter)
                        .setGrace(grace)
                        .setFormat(
                                format == OutputFormat.PDF ? DocumentFormat.DOCUMENT_PDF : DocumentFormat.DOCUMENT_HTML)
                        .setZone(app.times().zone().getId())
                        .build());
        byte[] content = document.getContent().toByteArray();
        if (file == null) {
            PrintStream out = app.environment().out();
            out.write(content, 0, content.length);
            out.flush();
        } else {
            Path to = file;
            LocalFiles.doing(
                    "write",
                    to,
                    () -> Files.write(to, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            app.environment().err().println("Wrote " + to + ".");
        }
    }
}
