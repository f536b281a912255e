package dev.drydock.controller.reporting;

/** Another schedule has the name. */
public final class ReportScheduleExistsException extends RuntimeException {
    ReportScheduleExistsException(String name) {
        super("There is another report schedule " + name + " already. Choose another name, or change that one.");
    }
}
