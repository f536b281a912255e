package dev.drydock.controller.api;

import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.calendar.CalendarSource;
import dev.drydock.controller.calendar.UnknownCalendarException;
import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.CalendarServiceGrpc.CalendarServiceImplBase;
import dev.drydock.proto.v1.CreateCalendarRequest;
import dev.drydock.proto.v1.DeleteCalendarRequest;
import dev.drydock.proto.v1.DeleteCalendarResponse;
import dev.drydock.proto.v1.ExportCalendarRequest;
import dev.drydock.proto.v1.ExportCalendarResponse;
import dev.drydock.proto.v1.GetCalendarRequest;
import dev.drydock.proto.v1.ListCalendarsRequest;
import dev.drydock.proto.v1.ListCalendarsResponse;
import dev.drydock.proto.v1.RefreshCalendarRequest;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calendars of blackouts. */
public final class CalendarService extends CalendarServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(CalendarService.class);
    private static final int SHOWN = 10;
    private static final Duration AHEAD = Duration.ofDays(2 * 366);

    private final CalendarLibrary calendars;
    private final InstantSource clock;

    public CalendarService(CalendarLibrary calendars, InstantSource clock) {
        this.calendars = calendars;
        this.clock = clock;
    }

    @Override
    public void createCalendar(CreateCalendarRequest request, StreamObserver<Calendar> call) {
        Calls.answer(call, () -> {
            CalendarSource.Draft draft = CalendarMapper.draft(request);
            if (request.getValidateOnly()) {
                return CalendarMapper.message(calendars.check(draft), Optional.empty());
            }
            dev.drydock.controller.calendar.Calendar made = calendars.create(draft);
            log.info("calendar {} was made or changed by {}", made.name(), Caller.name());
            return whole(made);
        });
    }

    @Override
    public void listCalendars(ListCalendarsRequest request, StreamObserver<ListCalendarsResponse> call) {
        Calls.answer(call, () -> ListCalendarsResponse.newBuilder()
                .addAllCalendars(calendars.all().stream().map(this::brief).toList())
                .build());
    }

    @Override
    public void getCalendar(GetCalendarRequest request, StreamObserver<Calendar> call) {
        Calls.answer(call, () -> whole(known(request.getName(), () -> calendars.find(request.getName()))));
    }

    @Override
    public void deleteCalendar(DeleteCalendarRequest request, StreamObserver<DeleteCalendarResponse> call) {
        Calls.answer(
                call,
                () -> known(request.getName(), () -> {
                    calendars.delete(request.getName(), request.getEtag());
                    log.info("calendar {} was deleted by {}", request.getName(), Caller.name());
                    return DeleteCalendarResponse.getDefaultInstance();
                }));
    }

    @Override
    public void refreshCalendar(RefreshCalendarRequest request, StreamObserver<Calendar> call) {
        Calls.answer(call, () -> whole(known(request.getName(), () -> calendars.refresh(request.getName()))));
    }

    @Override
    public void exportCalendar(ExportCalendarRequest request, StreamObserver<ExportCalendarResponse> call) {
        Calls.answer(call, () -> {
            String text = known(request.getName(), () -> calendars.find(request.getName()))
                    .content()
                    .orElseThrow(() -> Refusals.refused(
                            "Calendar " + request.getName() + " was never read; there is nothing to export."));
            return ExportCalendarResponse.newBuilder().setIcs(text).build();
        });
    }

    /** Suggests the nearest name where there is none of this one. */
    private <T> T known(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnknownCalendarException e) {
            List<String> names = calendars.all().stream()
                    .map(dev.drydock.controller.calendar.Calendar::name)
                    .toList();
            throw Refusals.notFound("calendar", name, names);
        }
    }

    private Calendar brief(dev.drydock.controller.calendar.Calendar calendar) {
        return CalendarMapper.message(calendar, calendars.get().calendar(calendar.name()));
    }

    private Calendar whole(dev.drydock.controller.calendar.Calendar calendar) {
        Calendar.Builder message = brief(calendar).toBuilder().addAllNamedBy(calendars.usersOf(calendar.name()));
        Instant now = clock.instant();
        calendars.get().calendar(calendar.name()).ifPresent(read -> next(read, now, message));
        return message.build();
    }

    private static void next(BlackoutCalendar read, Instant now, Calendar.Builder message) {
        read.between(now, now.plus(AHEAD), ZoneOffset.UTC).stream()
                .limit(SHOWN)
                .map(CalendarMapper::message)
                .forEach(message::addBlackouts);
    }
}
