package dev.drydock.controller.calendar;

/** Another calendar has this name. */
public final class CalendarExistsException extends RuntimeException {
    CalendarExistsException(String name) {
        super("There is another calendar " + name
                + " (what it holds, its source or its time zone differs). To put this one in its place: --replace.");
    }
}
