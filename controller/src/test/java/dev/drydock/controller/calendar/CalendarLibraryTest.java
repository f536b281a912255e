package dev.drydock.controller.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.controller.calendar.CalendarSource.Draft;
import dev.drydock.controller.store.SqlCalendars;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.InvalidCalendarException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database and a real HTTP server. */
final class CalendarLibraryTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path directory;

    private Instant now = START;
    private SqlStore store;
    private HttpCalendarFetch fetch;
    private CalendarLibrary library;
    private HttpServer server;
    private final AtomicInteger unchanged = new AtomicInteger();
    private volatile int status = 200;
    private volatile String body = calendar("20261225");

    @BeforeEach
    void open() throws IOException {
        store = TestStores.open(directory.resolve("drydock.db"));
        fetch = new HttpCalendarFetch(Duration.ofSeconds(20));
        library = library();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token-4711.ics", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String etag = "\"" + body.hashCode() + "\"";
            boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            if (same) {
                unchanged.incrementAndGet();
            }
            exchange.getResponseHeaders().add("ETag", etag);
            int answer = status != 200 ? status : same ? 304 : 200;
            exchange.sendResponseHeaders(answer, answer == 200 ? bytes.length : -1);
            if (answer == 200) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    private CalendarLibrary library() {
        CalendarLibrary opened = new CalendarLibrary(new SqlCalendars(store), fetch, () -> now);
        opened.open();
        return opened;
    }

    @AfterEach
    void close() {
        server.stop(0);
        fetch.close();
        store.close();
    }

    private static String calendar(String... days) {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\n");
        for (String day : days) {
            text.append("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:").append(day).append("\r\nEND:VEVENT\r\n");
        }
        return text.append("END:VCALENDAR\r\n").toString();
    }

    private Draft url(boolean replace) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token-4711.ics");
        return new Draft("holidays", new CalendarSource.Url(url), Optional.empty(), replace);
    }

    private static Draft dates(String dates, boolean replace) {
        return new Draft("holidays", new CalendarSource.Dates(dates), Optional.empty(), replace);
    }

    private int days(CalendarLibrary from) {
        return from.get()
                .calendar("holidays")
                .map(read -> read.between(START, START.plus(Duration.ofDays(900)), ZoneOffset.UTC)
                        .size())
                .orElse(-1);
    }

    @Test
    void theSameAgainChangesNothingAndAnotherHasToReplace() throws Exception {
        Calendar made = library.create(dates("2026-12-25", false));

        assertThat(library.create(dates("2026-12-25", false))).isEqualTo(made);
        assertThatThrownBy(() -> library.create(dates("2026-12-26,2026-12-27", false)))
                .isInstanceOf(CalendarExistsException.class);
        assertThat(days(library)).isEqualTo(1);
        library.create(dates("2026-12-26,2026-12-27", true));
        assertThat(days(library)).isEqualTo(2);
        assertThat(days(library())).as("after a restart").isEqualTo(2);
    }

    @Test
    void whatIsBrokenChangesNothing() throws Exception {
        library.create(dates("2026-12-25", false));

        assertThatThrownBy(() -> library.create(new Draft(
                        "holidays", new CalendarSource.File("BEGIN:VCALENDAR\nnonsense\n"), Optional.empty(), true)))
                .isInstanceOf(InvalidCalendarException.class)
                .hasMessageStartingWith("line 2: 'nonsense'");
        status = 500;
        assertThatThrownBy(() -> library.create(url(true)))
                .isInstanceOf(InvalidCalendarException.class)
                .hasMessage("url: the server answered with status 500; the calendar that is there stays as it is");
        assertThat(days(library)).isEqualTo(1);
    }

    @Test
    void aUrlIsFetchedAgainAndTheLastGoodCopyHoldsWhenThatFails() throws Exception {
        assertThat(library.create(url(false)).problem()).isEmpty();
        assertThat(days(library)).isEqualTo(1);

        now = START.plus(Duration.ofHours(4));
        assertThat(library.refresh("holidays").readAt()).contains(now);
        assertThat(unchanged).hasValue(1);

        body = calendar("20261225", "20261226");
        assertThat(library.refresh("holidays").problem()).isEmpty();
        assertThat(days(library)).isEqualTo(2);

        status = 503;
        Instant since = START.plus(Duration.ofHours(8));
        now = since;
        library.refresh("holidays");
        status = 200;
        body = "<html>maintenance</html>";
        now = START.plus(Duration.ofHours(9));
        Calendar failing = library.refresh("holidays");
        assertThat(failing.problem()).startsWith("line 1: '<html>maintenance</html>' is no line");
        assertThat(failing.failingSince()).contains(since);
        assertThat(failing.readAt()).contains(START.plus(Duration.ofHours(4)));
        assertThat(days(library)).isEqualTo(2);
        assertThat(days(library())).as("after a restart").isEqualTo(2);

        body = calendar("20261231");
        assertThat(library.refresh("holidays").failingSince()).isEmpty();
        assertThat(days(library)).isEqualTo(1);
    }

    @Test
    void oneThatCannotBeFetchedIsMadeAllTheSameAndIsUnread() throws Exception {
        status = 404;
        Calendar made = library.create(url(false));

        assertThat(made.problem()).isEqualTo("the server answered with status 404");
        assertThat(made.readAt()).isEmpty();
        assertThat(made.source()).doesNotContain("4711");
        assertThat(days(library)).isEqualTo(-1);
        status = 200;
        assertThat(library.refresh("holidays").problem()).isEmpty();
        assertThat(days(library)).isEqualTo(1);
    }

    @Test
    void whatIsTooLargeOrNotAllowedIsNotRead() throws Exception {
        body = "x".repeat(BlackoutCalendar.LARGEST + 1);
        assertThat(library.create(url(false)).problem()).isNotEmpty();
        assertThat(days(library)).isEqualTo(-1);
        for (String url : new String[] {
            "http://calendars.example.com/x.ics", "ftp://127.0.0.1/x", "file:///etc/passwd", "https://a:b@example.com/x"
        }) {
            assertThatThrownBy(() -> HttpCalendarFetch.allowed(URI.create(url)))
                    .isInstanceOf(InvalidCalendarException.class)
                    .hasMessageStartingWith("url: ");
        }
        assertThat(HttpCalendarFetch.allowed(URI.create("https://calendars.example.com/x.ics")))
                .isNotNull();
    }

    @Test
    void isDueAfterFourHoursAndAfterAFailureSooner() throws Exception {
        Calendar good = library.create(url(false));
        assertThat(CalendarRefresher.due(good, START.plus(Duration.ofMinutes(239))))
                .isFalse();
        assertThat(CalendarRefresher.due(good, START.plus(Duration.ofHours(4)))).isTrue();
        Calendar failed = good.failed("gone", START);
        assertThat(CalendarRefresher.due(failed, START.plus(Duration.ofMinutes(15))))
                .isTrue();
        assertThat(CalendarRefresher.due(failed, START.minusSeconds(9)))
                .as("the clock was set back")
                .isTrue();
        status = 503;
        now = START.plus(Duration.ofHours(5));
        try (CalendarRefresher refresher = new CalendarRefresher(library, () -> now)) {
            refresher.refreshDue();
        }
        assertThat(library.find("holidays").failingSince()).contains(now);
    }

    @Test
    void goesWhenNobodyNamesIt() throws Exception {
        library.create(dates("2026-12-25", false));
        library.delete("holidays", "");

        assertThat(library.all()).isEmpty();
        assertThat(days(library)).isEqualTo(-1);
        assertThatThrownBy(() -> library.delete("holidays", "")).isInstanceOf(UnknownCalendarException.class);
    }
}
