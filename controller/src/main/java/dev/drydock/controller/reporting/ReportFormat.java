package dev.drydock.controller.reporting;

/** As what kind of file. */
public enum ReportFormat {
    HTML,
    PDF,
    CSV,
    JSON,
    JUNIT
}
