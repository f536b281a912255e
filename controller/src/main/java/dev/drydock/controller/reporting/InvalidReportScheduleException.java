package dev.drydock.controller.reporting;

import java.util.List;

/** A schedule that makes no sense; the message has a line a problem. */
public final class InvalidReportScheduleException extends Exception {
    public InvalidReportScheduleException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
