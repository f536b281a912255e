package dev.drydock.controller.reporting;

/** There is no such schedule, or none that may be seen. */
public final class UnknownReportScheduleException extends RuntimeException {
    public UnknownReportScheduleException(String name) {
        super("There is no report schedule '" + name + "'.");
    }
}
