package dev.drydock.controller.calendar;

import java.net.URI;
import java.time.ZoneId;
import java.util.Optional;

/** Where a new calendar comes from. */
public sealed interface CalendarSource {
    /** @param text iCalendar */
    record File(String text) implements CalendarSource {}

    /** Fetched by the controller, and again for as long as the calendar is there. */
    record Url(URI url) implements CalendarSource {}

    /** @param text days and spans of time, separated by commas */
    record Dates(String text) implements CalendarSource {}

    /**
     * @param zone of days and times without one; empty: that of each window
     * @param replace the one of that name, if there is one
     * @param etag of the one whose place it is to take; empty: whatever is there
     */
    record Draft(String name, CalendarSource source, Optional<ZoneId> zone, boolean replace, String etag) {
        public Draft(String name, CalendarSource source, Optional<ZoneId> zone, boolean replace) {
            this(name, source, zone, replace, "");
        }
    }
}
