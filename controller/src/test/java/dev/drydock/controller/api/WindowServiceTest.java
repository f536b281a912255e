package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.feed.WindowFeeds;
import dev.drydock.controller.store.SqlCalendars;
import dev.drydock.controller.store.SqlFeeds;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.window.CurrentHostRules;
import dev.drydock.proto.v1.CalendarServiceGrpc;
import dev.drydock.proto.v1.CalendarServiceGrpc.CalendarServiceBlockingStub;
import dev.drydock.proto.v1.CreateCalendarRequest;
import dev.drydock.proto.v1.CreateWindowFeedRequest;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.DeleteCalendarRequest;
import dev.drydock.proto.v1.DeleteWindowRequest;
import dev.drydock.proto.v1.ExportWindowsRequest;
import dev.drydock.proto.v1.GetCalendarRequest;
import dev.drydock.proto.v1.GetWindowRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.NextOpeningsRequest;
import dev.drydock.proto.v1.NextOpeningsResponse;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.SimulateWindowRequest;
import dev.drydock.proto.v1.SimulatedOpening;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceBlockingStub;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowServiceTest {
    private static final Window SUNDAY = Window.newBuilder()
            .setName("sunday-night")
            .setRrule("FREQ=WEEKLY;BYDAY=SU")
            .setStart("2026-11-29T02:00")
            .setZone("Asia/Tokyo")
            .setDuration(Duration.newBuilder().setSeconds(3 * 3600))
            .setCutoff(Duration.newBuilder().setSeconds(45 * 60))
            .setReserve(Duration.newBuilder().setSeconds(20 * 60))
            .build();

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private TestServer server;
    private WindowServiceBlockingStub windows;
    private CalendarServiceBlockingStub calendars;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory, test -> {
            CalendarLibrary library = new CalendarLibrary(
                    new SqlCalendars(test.store()),
                    (url, etag) -> {
                        throw new IOException("the server answered with status 503");
                    },
                    TestServer.CLOCK);
            return List.of(
                    new WindowService(
                            new SqlWindows(test.store()),
                            library,
                            hosts,
                            new CurrentHostRules(new SqlWindows(test.store()), TestServer.CLOCK),
                            new WindowFeeds(
                                    new SqlFeeds(test.store()),
                                    new SqlWindows(test.store()),
                                    library,
                                    TestServer.CLOCK,
                                    new SecureRandom()),
                            OptionalInt.empty(),
                            TestServer.CLOCK),
                    new CalendarService(library, TestServer.CLOCK));
        });
        windows = server.client(WindowServiceGrpc::newBlockingStub);
        calendars = server.client(CalendarServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createsShowsListsAndDeletes() {
        assertThat(create(SUNDAY)).isEqualTo(SUNDAY);
        assertThat(create(SUNDAY)).isEqualTo(SUNDAY);
        assertThat(get("sunday-night")).isEqualTo(SUNDAY);
        assertThat(list()).containsExactly(SUNDAY);
        assertThat(delete("sunday-night")).isNotNull();
        assertThat(list()).isEmpty();
    }

    @Test
    void saysWhenItOpens() {
        create(SUNDAY);
        List<Opening> two = next("sunday-night", 2);
        assertThat(two).hasSize(2);
        assertThat(two.getFirst().getOpens()).isEqualTo(Times.timestamp(Instant.parse("2026-11-28T17:00:00Z")));
        assertThat(two.getFirst().getCloses()).isEqualTo(Times.timestamp(Instant.parse("2026-11-28T20:00:00Z")));
        assertThat(two.getFirst().getStartBefore()).isEqualTo(Times.timestamp(Instant.parse("2026-11-28T19:15:00Z")));
        assertThat(next("sunday-night", 0)).hasSize(10);
    }

    @Test
    void saysWhichOpeningsFellToWhichBlackout() {
        calendars.createCalendar(CreateCalendarRequest.newBuilder()
                .setName("black-friday")
                .setDates("2026-11-23/2026-11-29,2026-12-06T04:00/2026-12-06T08:00")
                .build());
        calendars.createCalendar(CreateCalendarRequest.newBuilder()
                .setName("holidays")
                .setUrl("https://calendars.invalid/secret-path.ics")
                .build());
        create(SUNDAY.toBuilder().addCalendars("black-friday").build());
        create(SUNDAY.toBuilder().setName("shut").addCalendars("holidays").build());

        NextOpeningsResponse next = answer("sunday-night", 2);
        NextOpeningsResponse shut = answer("shut", 2);

        assertThat(next.getLostList()).singleElement().satisfies(lost -> {
            assertThat(lost.getWhy()).isEqualTo("calendar black-friday");
            assertThat(lost.getBlackout().getFrom()).isEqualTo(Times.timestamp(Instant.parse("2026-11-22T15:00:00Z")));
            assertThat(lost.getBlackout().getTo()).isEqualTo(Times.timestamp(Instant.parse("2026-11-29T15:00:00Z")));
        });
        assertThat(next.getOpenings(0).getCloses()).isEqualTo(Times.timestamp(Instant.parse("2026-12-05T19:00:00Z")));
        assertThat(next.getOpenings(0).getStartBefore())
                .isEqualTo(Times.timestamp(Instant.parse("2026-12-05T18:15:00Z")));
        assertThat(next.getOpenings(0).getWhy()).isEqualTo("calendar black-friday");
        assertThat(next.getOpenings(1).getWhy()).isEmpty();
        assertThat(next.getWarningsList()).isEmpty();
        assertThat(shut.getOpeningsList()).isEmpty();
        assertThat(shut.getLost(0).getWhy()).isEqualTo("calendar holidays was never read");
        assertThat(shut.getWarningsList())
                .containsExactly("calendar holidays was never read, so the window does not open:"
                        + " the server answered with status 503");
    }

    @Test
    void simulatesASpanWithBlackoutsAndDaylightSaving() {
        calendars.createCalendar(CreateCalendarRequest.newBuilder()
                .setName("spring")
                .setDates("2027-03-14")
                .build());
        create(Window.newBuilder()
                .setName("berlin")
                .setRrule("FREQ=WEEKLY;BYDAY=SU")
                .setStart("2026-10-25T02:30")
                .setZone("Europe/Berlin")
                .setDuration(Duration.newBuilder().setSeconds(3600))
                .addCalendars("spring")
                .build());

        List<SimulatedOpening> seen = windows.simulateWindow(SimulateWindowRequest.newBuilder()
                        .setName("berlin")
                        .setFrom(Times.timestamp(Instant.parse("2026-10-20T00:00:00Z")))
                        .setTo(Times.timestamp(Instant.parse("2027-04-01T00:00:00Z")))
                        .build())
                .getOpeningsList();

        assertThat(seen).hasSize(23);
        assertThat(seen.getFirst().getDaylight()).isEqualTo("02:30 comes twice that day; taken the first time");
        assertThat(seen.getLast().getDaylight())
                .isEqualTo("the clock jumps over the time that the rule gives; taken with the offset before, at 03:30");
        assertThat(seen).filteredOn(one -> !one.hasOpening()).singleElement().satisfies(one -> assertThat(one.getWhy())
                .isEqualTo("calendar spring"));
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> windows.simulateWindow(SimulateWindowRequest.newBuilder()
                                .setName("berlin")
                                .build()))
                .hasMessageContaining("to: ");
    }

    @Test
    void refusesWithAllThatIsWrong() {
        Window wrong = SUNDAY.toBuilder()
                .setName("Sunday Night")
                .setRrule("FREQ=OFTEN")
                .setZone("Asia/Tokio")
                .build();
        assertFails(Status.Code.INVALID_ARGUMENT, () -> create(wrong))
                .hasMessageContaining("name: 'Sunday Night'")
                .hasMessageContaining("\nzone: 'Asia/Tokio'");
        Duration broken = Duration.newBuilder().setSeconds(5).setNanos(-5).build();
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> create(SUNDAY.toBuilder()
                                .setDuration(broken)
                                .setCutoff(broken)
                                .build()))
                .hasMessageContaining("duration: 5 s and -5 ns is no duration")
                .hasMessageContaining("\ncutoff: 5 s");
        create(SUNDAY);
        assertFails(
                        Status.Code.ALREADY_EXISTS,
                        () -> create(SUNDAY.toBuilder().setZone("UTC").build()))
                .hasMessageContaining("another window sunday-night");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> next("sunday-night", 1_001))
                .hasMessageContaining("count: 1001");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> next("sunday-night", -1));
    }

    @Test
    void takesAnothersPlaceOnlyWhereThatIsStillTheOneThatWasSeen() {
        Window longer = SUNDAY.toBuilder()
                .setDuration(Duration.newBuilder().setSeconds(4 * 3600))
                .build();
        Window made = replace(SUNDAY, "");
        Window changed = replace(longer, made.getEtag());

        assertThat(changed.getEtag()).isNotEqualTo(made.getEtag());
        assertThat(get("sunday-night")).isEqualTo(longer);
        assertThat(replace(longer, made.getEtag())).as("the same again").isEqualTo(changed);
        assertFails(Status.Code.FAILED_PRECONDITION, () -> replace(SUNDAY, made.getEtag()))
                .hasMessageContaining("window sunday-night was changed or deleted meanwhile");
        assertFails(
                Status.Code.FAILED_PRECONDITION,
                () -> windows.deleteWindow(DeleteWindowRequest.newBuilder()
                        .setName("sunday-night")
                        .setEtag(made.getEtag())
                        .build()));
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> replace(SUNDAY.toBuilder().addCalendars("absent").build(), ""))
                .hasMessageContaining("no calendar 'absent'");
        assertThat(get("sunday-night")).as("nothing was lost").isEqualTo(longer);
        delete("sunday-night");
        assertFails(Status.Code.FAILED_PRECONDITION, () -> replace(SUNDAY, changed.getEtag()));
        assertThat(list()).isEmpty();
    }

    @Test
    void aWindowMayTakeThePlaceOfOneThatItWouldContradictAndOfNoOther() {
        hosts.add("h-1", "db-01", "db");
        Window all = SUNDAY.toBuilder().setHosts("true").build();
        create(all);
        create(SUNDAY.toBuilder().setName("other").setHosts("true").build());

        assertThat(replace(
                                all.toBuilder()
                                        .setHosts("host.labels.role == \"db\"")
                                        .build(),
                                "")
                        .getHosts())
                .isEqualTo("host.labels.role == \"db\"");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> replace(all.toBuilder().setExclusive(true).build(), ""))
                .hasMessageContaining("windows other and sunday-night contradict each other");
    }

    @Test
    void saysWhatWouldBeWrongAndChangesNothing() {
        CreateWindowRequest.Builder only = CreateWindowRequest.newBuilder().setValidateOnly(true);

        assertThat(windows.createWindow(only.setWindow(SUNDAY).build()).getName())
                .isEqualTo("sunday-night");
        assertThat(list()).isEmpty();
        create(SUNDAY);
        Window other = SUNDAY.toBuilder().setZone("UTC").build();
        assertFails(
                Status.Code.ALREADY_EXISTS,
                () -> windows.createWindow(only.setWindow(other).build()));
        assertThat(windows.createWindow(only.setReplace(true).build()).getZone())
                .isEqualTo("UTC");
        assertFails(
                Status.Code.INVALID_ARGUMENT,
                () -> windows.createWindow(only.setWindow(SUNDAY.toBuilder().setRrule("FREQ=OFTEN"))
                        .build()));
        assertThat(list()).containsExactly(SUNDAY);
    }

    @Test
    void aCalendarTakesAnothersPlaceOnlyWhereThatIsStillTheOneThatWasSeen() {
        CreateCalendarRequest.Builder freeze = CreateCalendarRequest.newBuilder()
                .setName("freeze")
                .setDates("2026-12-25, 2026-11-04/2026-11-04,2026-12-24T12:00/2026-12-27T06:00");
        var first = calendars.createCalendar(freeze.build());
        assertThat(first.getDates()).isEqualTo("2026-12-25,2026-11-04,2026-12-24T12:00/2026-12-27T06:00");
        assertThat(calendars.createCalendar(freeze.build()).getEtag()).isEqualTo(first.getEtag());
        CreateCalendarRequest.Builder other =
                freeze.clone().setDates("2026-12-26").setReplace(true).setEtag(first.getEtag());

        assertFails(
                Status.Code.ALREADY_EXISTS,
                () -> calendars.createCalendar(
                        other.clone().setReplace(false).setValidateOnly(true).build()));
        calendars.createCalendar(other.clone().setValidateOnly(true).build());
        assertThat(calendars
                        .getCalendar(GetCalendarRequest.newBuilder()
                                .setName("freeze")
                                .build())
                        .getEtag())
                .isEqualTo(first.getEtag());
        assertFails(
                Status.Code.FAILED_PRECONDITION,
                () -> calendars.createCalendar(other.clone().setEtag("another").build()));
        var second = calendars.createCalendar(other.build());

        assertThat(second.getDates()).isEqualTo("2026-12-26");
        DeleteCalendarRequest.Builder delete =
                DeleteCalendarRequest.newBuilder().setName("freeze");
        assertFails(
                Status.Code.FAILED_PRECONDITION,
                () -> calendars.deleteCalendar(delete.setEtag(first.getEtag()).build()));
        calendars.deleteCalendar(delete.setEtag(second.getEtag()).build());
    }

    @Test
    void windowsThatContradictEachOtherForAHostAreAnErrorAtSave() {
        hosts.add("h-1", "web-01", "web");
        hosts.add("h-2", "db-01", "db");
        create(SUNDAY.toBuilder().setHosts("true").build());
        Window db = SUNDAY.toBuilder()
                .setName("db")
                .setHosts("host.labels.role == \"db\"")
                .setExclusive(true)
                .build();

        assertFails(Status.Code.INVALID_ARGUMENT, () -> create(db))
                .hasMessage("INVALID_ARGUMENT: hosts: windows sunday-night and db contradict each other:"
                        + " db is to be the only one of its hosts (db-01)");
        assertThat(list()).hasSize(1);
        hosts.add("h-2", "db-01", "none");
        assertThat(create(db)).isEqualTo(db);
        hosts.add("h-2", "db-01", "db");
        assertThat(get("db").getConflictsList()).singleElement().asString().endsWith("of its hosts (db-01)");
    }

    @Test
    void exportsAndSaysWhereFeedsAreOff() {
        create(SUNDAY);

        assertThat(windows.exportWindows(ExportWindowsRequest.newBuilder()
                                .setName("sunday-night")
                                .build())
                        .getIcs())
                .isEqualTo(windows.exportWindows(ExportWindowsRequest.getDefaultInstance())
                        .getIcs()
                        .replace("Drydock: maintenance", "Drydock: sunday-night"))
                .contains("DTSTART:20261128T170000Z\r\nDTEND:20261128T200000Z\r\n");
        assertFails(
                Status.Code.NOT_FOUND,
                () -> windows.exportWindows(
                        ExportWindowsRequest.newBuilder().setName("monday").build()));
        assertFails(
                        Status.Code.FAILED_PRECONDITION,
                        () -> windows.createWindowFeed(CreateWindowFeedRequest.newBuilder()
                                .setName("sunday-night")
                                .build()))
                .hasMessageContaining("--feed-listen");
    }

    @Test
    void suggestsTheNearestName() {
        create(SUNDAY);
        assertFails(Status.Code.NOT_FOUND, () -> get("sunday-nihgt"))
                .hasMessageContaining("Did you mean sunday-night?");
        assertFails(Status.Code.NOT_FOUND, () -> delete("monday"));
        assertFails(Status.Code.NOT_FOUND, () -> next("monday", 1));
    }

    private Window create(Window window) {
        return withoutEtag(windows.createWindow(
                CreateWindowRequest.newBuilder().setWindow(window).build()));
    }

    private Window replace(Window window, String etag) {
        return windows.createWindow(CreateWindowRequest.newBuilder()
                .setWindow(window)
                .setReplace(true)
                .setEtag(etag)
                .build());
    }

    private Window get(String name) {
        return withoutEtag(
                windows.getWindow(GetWindowRequest.newBuilder().setName(name).build()));
    }

    private List<Window> list() {
        return windows.listWindows(ListWindowsRequest.getDefaultInstance()).getWindowsList().stream()
                .map(WindowServiceTest::withoutEtag)
                .toList();
    }

    private static Window withoutEtag(Window shown) {
        assertThat(shown.getEtag()).isNotEmpty();
        return shown.toBuilder().clearEtag().build();
    }

    private Object delete(String name) {
        return windows.deleteWindow(
                DeleteWindowRequest.newBuilder().setName(name).build());
    }

    private List<Opening> next(String name, int count) {
        return answer(name, count).getOpeningsList();
    }

    private NextOpeningsResponse answer(String name, int count) {
        return windows.nextOpenings(
                NextOpeningsRequest.newBuilder().setName(name).setCount(count).build());
    }
}
