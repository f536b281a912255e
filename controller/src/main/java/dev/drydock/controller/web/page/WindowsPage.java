package dev.drydock.controller.web.page;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.When;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.CalendarServiceGrpc;
import dev.drydock.proto.v1.ListCalendarsRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.SimulateWindowRequest;
import dev.drydock.proto.v1.SimulatedOpening;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import dev.drydock.proto.v1.WindowServiceGrpc.WindowServiceBlockingStub;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A month of windows, with the blackouts that take some of them, in any zone. */
public final class WindowsPage {
    private static final int DAYS_A_WEEK = 7;

    public Reply month(Request request) {
        ZoneId zone = zone(request);
        When when = new When(request.when().now(), zone);
        LocalDate today = LocalDate.ofInstant(when.now(), zone);
        YearMonth month = month(request.query("month"), YearMonth.from(today));
        LocalDate first = month.atDay(1);
        LocalDate from = first.minusDays(first.getDayOfWeek().getValue() - 1L);
        LocalDate to = month.atEndOfMonth()
                .plusDays(DAYS_A_WEEK - month.atEndOfMonth().getDayOfWeek().getValue() + 1L);

        WindowServiceBlockingStub stub = request.api().calls(WindowServiceGrpc::newBlockingStub);
        List<Window> windows =
                stub.listWindows(ListWindowsRequest.getDefaultInstance()).getWindowsList();
        List<Entry> entries = new ArrayList<>();
        for (Window window : windows) {
            stub.simulateWindow(SimulateWindowRequest.newBuilder()
                            .setName(window.getName())
                            .setFrom(timestamp(from, zone))
                            .setTo(timestamp(to, zone))
                            .build())
                    .getOpeningsList()
                    .forEach(opening -> entries.add(Entry.of(window.getName(), opening, zone)));
        }
        entries.sort(Comparator.comparing(Entry::opens));
        List<Calendar> calendars = request.api()
                .calls(CalendarServiceGrpc::newBlockingStub)
                .listCalendars(ListCalendarsRequest.getDefaultInstance())
                .getCalendarsList();
        return Reply.page(
                request.partial() ? "windowsMonth" : "windows",
                "windows",
                "Windows",
                new View(month, zone, when, weeks(from, to, today, month, entries), windows, calendars));
    }

    private static List<List<Day>> weeks(
            LocalDate from, LocalDate to, LocalDate today, YearMonth month, List<Entry> entries) {
        List<List<Day>> weeks = new ArrayList<>();
        for (LocalDate monday = from; monday.isBefore(to); monday = monday.plusDays(DAYS_A_WEEK)) {
            List<Day> week = new ArrayList<>();
            for (int i = 0; i < DAYS_A_WEEK; i++) {
                LocalDate day = monday.plusDays(i);
                week.add(new Day(
                        day,
                        day.equals(today),
                        YearMonth.from(day).equals(month),
                        entries.stream()
                                .filter(entry -> entry.day().equals(day))
                                .toList()));
            }
            weeks.add(week);
        }
        return weeks;
    }

    /** The one that was asked for, where there is such a zone; else the reader's. */
    private static ZoneId zone(Request request) {
        try {
            String asked = request.query("zone");
            return asked.isEmpty() ? request.when().zone() : ZoneId.of(asked);
        } catch (DateTimeException e) {
            return request.when().zone();
        }
    }

    private static YearMonth month(String text, YearMonth now) {
        return text.matches("20[0-9]{2}-(0[1-9]|1[0-2])") ? YearMonth.parse(text) : now;
    }

    private static Timestamp timestamp(LocalDate day, ZoneId zone) {
        return Timestamp.newBuilder()
                .setSeconds(day.atStartOfDay(zone).toEpochSecond())
                .build();
    }

    /** @param weeks Mondays first */
    public record View(
            YearMonth month,
            ZoneId zone,
            When when,
            List<List<Day>> weeks,
            List<Window> windows,
            List<Calendar> calendars) {
        public String title() {
            return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + month.getYear();
        }

        public List<String> zones() {
            return ZoneId.getAvailableZoneIds().stream()
                    .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                    .sorted()
                    .toList();
        }
    }

    /** @param inside of the month */
    public record Day(LocalDate date, boolean today, boolean inside, List<Entry> entries) {}

    /**
     * @param lost a calendar takes it
     * @param why it is lost or cut; empty: neither
     */
    public record Entry(String window, LocalDate day, Instant opens, String from, String to, boolean lost, String why) {
        static Entry of(String window, SimulatedOpening simulated, ZoneId zone) {
            boolean lost = !simulated.hasOpening();
            var opening = lost ? simulated.getByRule() : simulated.getOpening();
            Instant opens = When.instant(opening.getOpens());
            String why = simulated.getWhy().isEmpty() ? simulated.getDaylight() : simulated.getWhy();
            return new Entry(
                    window,
                    LocalDate.ofInstant(opens, zone),
                    opens,
                    clock(opens, zone),
                    clock(When.instant(opening.getCloses()), zone),
                    lost,
                    why);
        }

        private static String clock(Instant instant, ZoneId zone) {
            return instant.atZone(zone)
                    .toLocalTime()
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
        }
    }
}
