package dev.drydock.controller.reporting;

/** Which report. */
public enum ReportKind {
    COMPLIANCE,
    /** Of the calendar month before the time at which it is due, in the zone of the schedule. */
    CONTRACT
}
