package dev.drydock.cli.command;

import com.google.protobuf.ByteString;
import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.proto.v1.DocumentFormat;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report as a file that the controller makes: the same whoever asks for it, and however it is sent. */
final class ReportFile {
    private final App app;
    private final @Nullable Path file;

    /** @param file where to; null: standard output */
    ReportFile(App app, @Nullable Path file) {
        this.app = app;
        this.file = file;
    }

    /** What to ask the controller for; empty where the answer is printed here. */
    Optional<DocumentFormat> format() {
        Output output = app.output();
        if (output.quiet() && output.format().document()) {
            throw CliException.usage("A document does not take --quiet.", "Call again without --output for it.");
        }
        Optional<DocumentFormat> format = output.quiet() ? Optional.empty() : of(output.format());
        if (file != null && format.isEmpty()) {
            throw CliException.usage(
                    "--file is for csv, junit, html and pdf.",
                    "Give it with --output of one of them, or redirect: > " + file);
        }
        if (file == null
                && output.format() == OutputFormat.PDF
                && app.environment().terminal().output()) {
            throw CliException.usage(
                    "A PDF is nothing for a terminal.", "Give --file report.pdf, or redirect: > report.pdf");
        }
        if (file != null) {
            LocalFiles.requireAbsent(file);
        }
        return format;
    }

    private static Optional<DocumentFormat> of(OutputFormat format) {
        return switch (format) {
            case CSV -> Optional.of(DocumentFormat.DOCUMENT_CSV);
            case JUNIT -> Optional.of(DocumentFormat.DOCUMENT_JUNIT);
            case HTML -> Optional.of(DocumentFormat.DOCUMENT_HTML);
            case PDF -> Optional.of(DocumentFormat.DOCUMENT_PDF);
            case TABLE, JSON, YAML -> Optional.empty();
        };
    }

    void write(ByteString document) {
        byte[] content = document.toByteArray();
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
