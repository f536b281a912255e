package dev.drydock.controller.calendar;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** How calendars are fetched. */
public interface CalendarFetch {
    /** @param etag may be empty */
    record Fetched(String text, String etag) {}

    /**
     * @param etag of what is there already; may be empty
     * @return empty: it has not changed since
     * @throws IOException why it could not be had, in words that hold no secret part of the address
     */
    Optional<Fetched> fetch(URI url, String etag) throws IOException;
}
