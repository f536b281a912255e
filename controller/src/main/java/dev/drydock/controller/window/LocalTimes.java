package dev.drydock.controller.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * What instant a local time of a zone means (RFC 5545 section 3.3.5): one that does not exist is read with the offset before
 * the gap, so 02:30 on a night that jumps from 02:00 to 03:00 is 03:30; one that exists twice is its first occurrence.
 */
final class LocalTimes {
    private LocalTimes() {}

    static Instant instant(LocalDateTime local, ZoneId zone) {
        return instant(local, zone.getRules());
    }

    static Instant instant(LocalDateTime local, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        ZoneOffset offset = offsets.isEmpty() ? rules.getTransition(local).getOffsetBefore() : offsets.getFirst();
        return local.toInstant(offset);
    }

    static LocalDateTime local(Instant instant, ZoneRules rules) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), rules.getOffset(instant));
    }
}
