package dev.drydock.controller.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * What instant a local time of a zone means (RFC 5545 section 3.3.5): one that does not exist is read with the offset before
 * the gap, so 02:30 on a night that jumps from 02:00 to 03:00 is 03:30; one that exists twice is its first occurrence.
 */
final class LocalTimes {
    private LocalTimes() {}

    static Instant instant(LocalDateTime local, ZoneId zone) {
        // Documented behaviour of ofLocal: a gap shifts forward by its length, an overlap takes the earlier offset.
        return ZonedDateTime.ofLocal(local, zone, null).toInstant();
    }
}
