package dev.drydock.controller.window;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Windows as an iCalendar file: each opening that happens an event of its own, in UTC. A rule would leave it to the
 * subscriber's program what becomes of a night whose 02:30 does not exist, and many know no RDATE; so nobody sees other openings
 * than hosts do.
 */
public final class WindowCalendar {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int FOLD = 75;
    private static final int DAYS_BEFORE = 31;
    private static final int DAYS_AHEAD = 731;
    /** Of one window: those of an hourly one reach for two months. */
    private static final int MOST = 1_500;

    private WindowCalendar() {}

    /** Openings from a month ago to two years ahead, at most 1,500 of each window, blackouts taken out. */
    public static String of(String title, List<Window> windows, Blackouts blackouts, Instant now) {
        StringBuilder out = new StringBuilder();
        line(out, "BEGIN:VCALENDAR");
        line(out, "VERSION:2.0");
        line(out, "PRODID:-//Drydock//Drydock//EN");
        line(out, "METHOD:PUBLISH");
        line(out, "NAME:" + text(title));
        line(out, "X-WR-CALNAME:" + text(title));
        line(out, "REFRESH-INTERVAL;VALUE=DURATION:PT4H");
        line(out, "X-PUBLISHED-TTL:PT4H");
        Instant stamp = now.truncatedTo(ChronoUnit.DAYS);
        for (Window window : windows) {
            List<Slot> slots = new Openings(window, blackouts)
                    .between(now.minus(DAYS_BEFORE, ChronoUnit.DAYS), now.plus(DAYS_AHEAD, ChronoUnit.DAYS));
            slots.stream().filter(slot -> !slot.lost()).limit(MOST).forEach(slot -> event(out, window, slot, stamp));
        }
        line(out, "END:VCALENDAR");
        return out.toString();
    }

    private static void event(StringBuilder out, Window window, Slot slot, Instant stamp) {
        Opening opening = slot.opening().orElseThrow();
        line(out, "BEGIN:VEVENT");
        line(out, "UID:" + UTC.format(opening.opens()) + "-" + window.name() + "@window.drydock");
        line(out, "DTSTAMP:" + UTC.format(stamp));
        line(out, "DTSTART:" + UTC.format(opening.opens()));
        line(out, "DTEND:" + UTC.format(opening.closes()));
        line(out, "SUMMARY:" + text("Maintenance: " + window.name()));
        String lastStart = "No run starts after "
                + opening.startBefore().atZone(window.zone()).toLocalDateTime() + " " + window.zone() + ".";
        line(out, "DESCRIPTION:" + text(slot.cut() ? lastStart + " Cut by " + slot.why() + "." : lastStart));
        line(out, "END:VEVENT");
    }

    private static String text(String plain) {
        return plain.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("[\\r\\n]+", "\\\\n");
    }

    /** Folded so that no line is longer than 75 bytes of UTF-8 (RFC 5545 section 3.1). */
    private static void line(StringBuilder out, String content) {
        int bytes = 0;
        for (int at = 0; at < content.length(); ) {
            String next = Character.toString(content.codePointAt(at));
            int length = next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > FOLD) {
                out.append("\r\n ");
                bytes = 1;
            }
            out.append(next);
            bytes += length;
            at += next.length();
        }
        out.append("\r\n");
    }
}
