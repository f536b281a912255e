package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.markup.Markup;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.fortuna.ical4j.data.CalendarParserFactory;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.UnfoldingReader;
import org.junit.jupiter.api.Test;

class WindowCalendarTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:34:56Z");
    private static final Window DAILY = new Window(
            "nightly-at-a-time-that-spring-takes-away",
            Optional.of("FREQ=DAILY"),
            LocalDateTime.parse("2026-03-01T02:30"),
            ZoneId.of("Europe/Berlin"),
            Duration.ofHours(3),
            Duration.ofMinutes(45),
            Window.DEFAULT_RESERVE,
            List.of("freeze"));

    private static Blackouts freeze() throws InvalidCalendarException {
        String dates = "2026-12-20/2027-01-06,2027-02-01T04:00/2027-02-01T05:00";
        String text = CalendarDates.iCalendar("freeze", dates)
                .replace(
                        "BEGIN:VEVENT\r\n",
                        "BEGIN:VEVENT\r\nSUMMARY:Größte Ruhe\\, wirklich; und \u00fcberall, damit diese Zeile gefaltet werden muss\r\n");
        return Blackouts.of(BlackoutCalendar.parse("freeze", text, Optional.empty()));
    }

    /** What a subscriber's program reads is what hosts go by, also on the nights on which the clocks change. */
    @Test
    void subscribersSeeTheOpeningsThatWeCompute() throws Exception {
        Blackouts freeze = freeze();
        String text = WindowCalendar.of("Drydock", List.of(DAILY), freeze, NOW);
        List<Opening> computed = new Openings(DAILY, freeze)
                .between(NOW.minus(31, ChronoUnit.DAYS), NOW.plus(731, ChronoUnit.DAYS)).stream()
                        .flatMap(slot -> slot.opening().stream())
                        .toList();

        Properties events = new Properties();
        CalendarParserFactory.getInstance().get().parse(new UnfoldingReader(new StringReader(text)), events);
        assertThat(events.instants("DTSTART"))
                .isEqualTo(computed.stream().map(Opening::opens).toList());
        assertThat(events.instants("DTEND"))
                .isEqualTo(computed.stream().map(Opening::closes).toList());
        assertThat(computed).hasSizeBetween(742, 745);
        // 28 March 2027: 02:30 does not exist, 03:30 by the clock on the wall.
        assertThat(text).contains("DTSTART:20270328T013000Z").doesNotContain("DTSTART:20261224");
    }

    @Test
    void ourOwnReaderReadsTheSameAndLinesAreFolded() throws Exception {
        String text = WindowCalendar.of("Drydock; windows, all", List.of(DAILY), freeze(), NOW);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(75));
        assertThat(text).contains("\r\nX-WR-CALNAME:Drydock\\; windows\\, all\r\n");
        BlackoutCalendar read = BlackoutCalendar.parse("again", text, Optional.empty());
        Instant cut = Instant.parse("2027-02-01T01:30:00Z");
        assertThat(read.between(cut, cut.plusSeconds(1), ZoneOffset.UTC))
                .singleElement()
                .satisfies(event -> assertThat(event.to()).isEqualTo(Instant.parse("2027-02-01T03:00:00Z")));
        assertThat(text.replace("\r\n ", "")).contains("Cut by calendar freeze (Größte Ruhe\\, wirklich");
    }

    /** A holiday calendar is another's: its words come out as words of a line, and never as lines of the feed. */
    @Test
    void whatOthersWroteIsNoLineOfItsOwn() throws Exception {
        String evil = Markup.EVIL.replace(";", "\\;").replace(",", "\\,")
                + "\\nEND:VEVENT\\NBEGIN:VALARM\\nACTION:PROCEDURE\\nATTACH:https://evil.example";
        String text = CalendarDates.iCalendar("freeze", "2027-02-01T04:00/2027-02-01T05:00")
                .replace("BEGIN:VEVENT\r\n", "BEGIN:VEVENT\r\nSUMMARY:" + evil + "\r\n");
        Blackouts freeze = Blackouts.of(BlackoutCalendar.parse("freeze", text, Optional.empty()));

        String feed = WindowCalendar.of("Drydock\r\nATTACH:https://evil.example", List.of(DAILY), freeze, NOW);

        String unfolded = feed.replace("\r\n ", "");
        assertThat(unfolded).contains("<script>alert(1)");
        assertThat(unfolded.lines()).allSatisfy(line -> assertThat(line)
                .matches("(BEGIN|END):(VCALENDAR|VEVENT)|(VERSION|PRODID|METHOD|NAME|X-WR-CALNAME|REFRESH-INTERVAL"
                        + "|X-PUBLISHED-TTL|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION)[:;].*"));
    }

    @Test
    void aWindowWhoseCalendarWasNeverReadHasNoEvents() {
        assertThat(WindowCalendar.of("Drydock", List.of(DAILY), Blackouts.NONE, NOW))
                .doesNotContain("VEVENT");
    }

    /**
     * What another program's parser finds. Not that program's calendar: to make one adds zones without rules to those of
     * {@code java.time}, for the whole machine.
     */
    private static final class Properties implements ContentHandler {
        private final Map<String, List<String>> values = new HashMap<>();
        private String name = "";

        List<Instant> instants(String property) {
            DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX", Locale.ROOT);
            return values.getOrDefault(property, List.of()).stream()
                    .map(value -> form.parse(value, Instant::from))
                    .toList();
        }

        @Override
        public void startProperty(String property) {
            name = property;
        }

        @Override
        public void propertyValue(String value) {
            values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }

        @Override
        public void startCalendar() {}

        @Override
        public void endCalendar() {}

        @Override
        public void startComponent(String component) {}

        @Override
        public void endComponent(String component) {}

        @Override
        public void parameter(String parameter, String value) {}

        @Override
        public void endProperty(String property) {}
    }
}
