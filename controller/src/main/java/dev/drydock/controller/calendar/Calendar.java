package dev.drydock.controller.calendar;

import dev.drydock.controller.naming.Fingerprint;
import dev.drydock.controller.outgoing.OutgoingUrl;
import dev.drydock.controller.window.CalendarDates;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A calendar as it is on record.
 *
 * @param url where it is fetched from; empty: it was given
 * @param zone of days and times without one; empty: that of each window
 * @param content iCalendar, the last that could be read; empty: none ever was
 * @param etag of the content as its server gave it; may be empty
 * @param readAt when the content was given, fetched, or found to be unchanged
 * @param triedAt when it was last fetched, with what outcome ever
 * @param problem why the last attempt gave nothing; empty: it did
 * @param failingSince of the first attempt since the last good one
 */
public record Calendar(
        String name,
        Optional<URI> url,
        Optional<ZoneId> zone,
        Optional<String> content,
        String etag,
        Instant createdAt,
        Optional<Instant> readAt,
        Optional<Instant> triedAt,
        String problem,
        Optional<Instant> failingSince) {

    /** Without what may be a secret: links to calendars often let in whoever has them. */
    public String source() {
        return url.map(OutgoingUrl::shown).orElse("");
    }

    /** Changes when another takes its place, not when it is fetched. Says nothing of its URL. */
    public String revision() {
        return Fingerprint.of(List.of(
                String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt)),
                zone.map(ZoneId::getId).orElse(""),
                url.isPresent() ? "" : content.orElse("")));
    }

    /** The list of dates that it was given as, where it was. */
    public Optional<String> dates() {
        return url.isPresent() ? Optional.empty() : content.flatMap(text -> CalendarDates.list(name, text));
    }

    /** The same question: what is answered to it need not be. */
    boolean asks(Calendar other) {
        return url.equals(other.url) && zone.equals(other.zone) && (url.isPresent() || content.equals(other.content));
    }

    Calendar read(String text, String newEtag, Instant at) {
        return new Calendar(
                name,
                url,
                zone,
                Optional.of(text),
                newEtag,
                createdAt,
                Optional.of(at),
                Optional.of(at),
                "",
                Optional.empty());
    }

    Calendar unchanged(Instant at) {
        return new Calendar(
                name, url, zone, content, etag, createdAt, Optional.of(at), Optional.of(at), "", Optional.empty());
    }

    Calendar failed(String why, Instant at) {
        return new Calendar(
                name,
                url,
                zone,
                content,
                etag,
                createdAt,
                readAt,
                Optional.of(at),
                why,
                failingSince.or(() -> Optional.of(at)));
    }
}
