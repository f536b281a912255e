package dev.drydock.bench;

import dev.drydock.bench.report.JsonReport;
import dev.drydock.bench.report.ReportWriter;
import dev.drydock.bench.report.TableReport;

/** How a report is printed; the names are what people type. */
enum OutputFormat {
    table(new TableReport()),
    json(new JsonReport());

    private final ReportWriter writer;

    OutputFormat(ReportWriter writer) {
        this.writer = writer;
    }

    ReportWriter writer() {
        return writer;
    }
}
