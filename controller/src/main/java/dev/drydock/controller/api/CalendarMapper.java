package dev.drydock.controller.api;

import dev.drydock.controller.calendar.Calendar;
import dev.drydock.controller.calendar.CalendarSource;
import dev.drydock.controller.window.Blackout;
import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.proto.v1.CreateCalendarRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Calendars, in and out of messages. */
final class CalendarMapper {
    private CalendarMapper() {}

    static CalendarSource.Draft draft(CreateCalendarRequest request) {
        return new CalendarSource.Draft(
                request.getName(), source(request), zone(request), request.getReplace(), request.getEtag());
    }

    private static CalendarSource source(CreateCalendarRequest request) {
        return switch (request.getSourceCase()) {
            case ICS -> new CalendarSource.File(request.getIcs());
            case DATES -> new CalendarSource.Dates(request.getDates());
            case URL -> new CalendarSource.Url(url(request.getUrl()));
            case SOURCE_NOT_SET ->
                throw Refusals.invalid(List.of("source: expected one of ics, url and dates; there is none"));
        };
    }

    private static URI url(String text) {
        try {
            return new URI(text.trim());
        } catch (URISyntaxException e) {
            throw Refusals.invalid(List.of("url: is no URL (" + e.getReason() + "); expected https://HOST/PATH"));
        }
    }

    private static Optional<ZoneId> zone(CreateCalendarRequest request) {
        if (request.getTimezone().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(request.getTimezone()));
        } catch (DateTimeException e) {
            throw Refusals.invalid(List.of("timezone: '" + request.getTimezone()
                    + "' is no zone of the IANA database; write for example Europe/Berlin or UTC"));
        }
    }

    static dev.drydock.proto.v1.Calendar message(Calendar calendar, Optional<BlackoutCalendar> read) {
        dev.drydock.proto.v1.Calendar.Builder message = dev.drydock.proto.v1.Calendar.newBuilder()
                .setName(calendar.name())
                .setSource(calendar.source())
                .setTimezone(calendar.zone().map(ZoneId::getId).orElse(""))
                .setEvents(read.map(BlackoutCalendar::events).orElse(0))
                .setCreatedAt(Times.timestamp(calendar.createdAt()))
                .setProblem(calendar.problem())
                .setEtag(calendar.revision())
                .setDates(calendar.dates().orElse(""));
        Times.timestamp(calendar.readAt().filter(at -> read.isPresent()), message::setReadAt);
        Times.timestamp(calendar.failingSince(), message::setFailingSince);
        return message.build();
    }

    static dev.drydock.proto.v1.Blackout message(Blackout blackout) {
        return dev.drydock.proto.v1.Blackout.newBuilder()
                .setFrom(Times.timestamp(blackout.from()))
                .setTo(Times.timestamp(blackout.to()))
                .setSummary(blackout.summary())
                .build();
    }

    /** What somebody who relies on it has to know, one line; empty: all is well. */
    static Optional<String> warning(Calendar calendar) {
        String why = calendar.problem().isEmpty() ? "" : ": " + calendar.problem();
        if (calendar.readAt().isEmpty()) {
            return Optional.of("calendar " + calendar.name() + " was never read, so the window does not open" + why);
        }
        return calendar.failingSince()
                .map(since -> "calendar " + calendar.name() + " cannot be read since " + since + "; what it said on "
                        + calendar.readAt().get() + " holds" + why);
    }
}
