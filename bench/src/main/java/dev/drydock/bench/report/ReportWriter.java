package dev.drydock.bench.report;

/** Turns a report into text. */
@FunctionalInterface
public interface ReportWriter {
    String write(Report report);
}
