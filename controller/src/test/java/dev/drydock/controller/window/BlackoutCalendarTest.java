package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlackoutCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2028-01-01T00:00:00Z");

    private static BlackoutCalendar read(String... lines) throws InvalidCalendarException {
        return BlackoutCalendar.parse("test", file(lines), Optional.empty());
    }

    private static String file(String... lines) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + String.join("\r\n", lines) + "\r\nEND:VCALENDAR\r\n";
    }

    private static List<String> spans(String... lines) throws InvalidCalendarException {
        return read(lines).between(FROM, TO, BERLIN).stream()
                .map(blackout -> blackout.from() + "/" + blackout.to())
                .toList();
    }

    @Test
    void aWholeDayIsThatOfTheWindowsZone() throws Exception {
        BlackoutCalendar christmas =
                read("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261225", "SUMMARY:Christmas\\, day one", "END:VEVENT");

        assertThat(christmas.between(FROM, TO, BERLIN))
                .containsExactly(new Blackout(
                        "test",
                        "Christmas, day one",
                        Instant.parse("2026-12-24T23:00:00Z"),
                        Instant.parse("2026-12-25T23:00:00Z")));
        assertThat(christmas.between(FROM, TO, ZoneId.of("Asia/Tokyo")))
                .extracting(Blackout::from)
                .containsExactly(Instant.parse("2026-12-24T15:00:00Z"));
    }

    @Test
    void aZoneOfTheCalendarGoesBeforeTheWindows() throws Exception {
        String text = file("BEGIN:VEVENT", "DTSTART:20261225T080000", "DURATION:PT2H", "END:VEVENT");

        assertThat(BlackoutCalendar.parse("test", text, Optional.of(ZoneId.of("Asia/Tokyo")))
                        .between(FROM, TO, BERLIN))
                .extracting(Blackout::from)
                .containsExactly(Instant.parse("2026-12-24T23:00:00Z"));
    }

    @Test
    void recurrencesLoseTheirExceptionsAndTakeExtraDates() throws Exception {
        assertThat(spans(
                        "BEGIN:VEVENT",
                        "UID:a",
                        "DTSTART;TZID=Europe/Berlin:20270301T220000",
                        "DTEND;TZID=Europe/Berlin:20270302T060000",
                        "RRULE:FREQ=WEEKLY;COUNT=5",
                        "EXDATE;TZID=Europe/Berlin:20270308T220000",
                        "EXDATE:20270315T210000Z",
                        "RDATE;VALUE=PERIOD:20270401T000000Z/PT1H,20270402T000000Z/20270402T030000Z",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "UID:a",
                        "RECURRENCE-ID;TZID=Europe/Berlin:20270322T220000",
                        "DTSTART:20270323T000000Z",
                        "DTEND:20270323T010000Z",
                        "END:VEVENT"))
                .containsExactly(
                        "2027-03-01T21:00:00Z/2027-03-02T05:00:00Z",
                        "2027-03-23T00:00:00Z/2027-03-23T01:00:00Z",
                        "2027-03-29T20:00:00Z/2027-03-30T04:00:00Z",
                        "2027-04-01T00:00:00Z/2027-04-01T01:00:00Z",
                        "2027-04-02T00:00:00Z/2027-04-02T03:00:00Z");
    }

    @Test
    void aYearlyHolidayOfSeveralDaysReachesOverTheTurnOfTheYear() throws Exception {
        assertThat(spans(
                        "BEGIN:VEVENT",
                        "DTSTART;VALUE=DATE:20001224",
                        "DTEND;VALUE=DATE:20010103",
                        "RRULE:FREQ=YEARLY",
                        "TRANSP:TRANSPARENT",
                        "END:VEVENT"))
                .containsExactly(
                        "2025-12-23T23:00:00Z/2026-01-02T23:00:00Z",
                        "2026-12-23T23:00:00Z/2027-01-02T23:00:00Z",
                        "2027-12-23T23:00:00Z/2028-01-02T23:00:00Z");
    }

    @Test
    void whatIsCancelledForbidsNothing() throws Exception {
        assertThat(spans(
                        "BEGIN:VEVENT",
                        "UID:a",
                        "DTSTART:20270301T220000Z",
                        "DTEND:20270301T230000Z",
                        "RRULE:FREQ=DAILY;COUNT=2",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "UID:a",
                        "RECURRENCE-ID:20270302T220000Z",
                        "DTSTART:20270302T220000Z",
                        "STATUS:CANCELLED",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "DTSTART:20270601T220000Z",
                        "STATUS:CANCELLED",
                        "END:VEVENT"))
                .containsExactly("2027-03-01T22:00:00Z/2027-03-01T23:00:00Z");
    }

    /** As Outlook writes them. */
    @Test
    void zonesThatNobodyKnowsAreReadFromTheFile() throws Exception {
        assertThat(spans(
                        "BEGIN:VTIMEZONE",
                        "TZID:W. Europe Standard Time",
                        "BEGIN:STANDARD",
                        "DTSTART:16010101T030000",
                        "TZOFFSETFROM:+0200",
                        "TZOFFSETTO:+0100",
                        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
                        "END:STANDARD",
                        "BEGIN:DAYLIGHT",
                        "DTSTART:16010101T020000",
                        "TZOFFSETFROM:+0100",
                        "TZOFFSETTO:+0200",
                        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
                        "END:DAYLIGHT",
                        "END:VTIMEZONE",
                        "BEGIN:VEVENT",
                        "DTSTART;TZID=W. Europe Standard Time:20270101T020000",
                        "DURATION:P1DT1H",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "DTSTART;TZID=\"W. Europe Standard Time\":20270701T020000",
                        "DURATION:PT1H",
                        "END:VEVENT",
                        "BEGIN:VEVENT",
                        "DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20270702T020000",
                        "DURATION:PT1H",
                        "END:VEVENT"))
                .containsExactly(
                        "2027-01-01T01:00:00Z/2027-01-02T02:00:00Z",
                        "2027-07-01T00:00:00Z/2027-07-01T01:00:00Z",
                        "2027-07-01T17:00:00Z/2027-07-01T18:00:00Z");
    }

    @Test
    void foldedLinesAreOneAndOtherComponentsAreLeftAside() throws Exception {
        assertThat(spans(
                        "X-NOTE;X-A=\"b;c:d\":anything",
                        "BEGIN:VTODO",
                        "DTSTART:whenever",
                        "END:VTODO",
                        "BEGIN:VEVENT",
                        "DTSTART:202612",
                        "\t25T08",
                        " 0000Z",
                        "DTEND:20261225T090000Z",
                        "BEGIN:VALARM",
                        "TRIGGER:-PT30M",
                        "END:VALARM",
                        "END:VEVENT"))
                .containsExactly("2026-12-25T08:00:00Z/2026-12-25T09:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DTSTART:20261325T000000Z                    | line 4: DTSTART: '20261325T000000Z' is no time
                    DTSTART;TZID=Middle Earth:20261225T000000   | line 4: TZID 'Middle Earth' is no zone
                    SUMMARY:no start                            | line 3: the event has no DTSTART
                    DTSTART:20261225T000000Z~DTEND:20261224T000000Z | line 5: DTEND:20261224T000000Z is before the start
                    DTSTART:20261225T000000Z~RRULE:FREQ=OFTEN   | line 5: RRULE:FREQ=OFTEN: is no recurrence rule
                    DTSTART:20261225T000000Z~RRULE:FREQ=MINUTELY | line 5: RRULE:FREQ=MINUTELY: an event of a calendar recurs hourly
                    DTSTART:20261225T000000Z~DURATION:P         | line 5: 'P' is no duration
                    DTSTART:20261225T000000Z~nonsense           | line 5: 'nonsense' is no line of an iCalendar file
                    DTSTART:20261225T000000Z~END:VTODO          | line 5: END:VTODO where END:VEVENT was expected
                    """)
    void whatIsBrokenIsRefusedWithLineAndReason(String lines, String message) {
        assertThatThrownBy(() -> read(("BEGIN:VEVENT~" + lines.strip() + "~END:VEVENT").split("~")))
                .isInstanceOf(InvalidCalendarException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNoCalendarIsRefused() {
        assertThatThrownBy(() -> BlackoutCalendar.parse("test", "<html>\n</html>", Optional.empty()))
                .hasMessageStartingWith("line 1: '<html>' is no line of an iCalendar file");
        assertThatThrownBy(() -> BlackoutCalendar.parse("test", "", Optional.empty()))
                .hasMessageContaining("no BEGIN:VCALENDAR");
        assertThatThrownBy(() -> BlackoutCalendar.parse("test", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", Optional.empty()))
                .hasMessage("line 2: VEVENT has no end; the file is cut off");
    }

    @Test
    void datesAreDaysWithBothEndsAndSpansOfTime() throws Exception {
        String text = CalendarDates.iCalendar(
                "freeze", "2026-11-04/2026-11-11, 2026-12-25,2026-12-31T18:00/2027-01-01T06:00");

        assertThat(BlackoutCalendar.parse("freeze", text, Optional.empty()).between(FROM, TO, ZoneId.of("UTC")))
                .extracting(blackout -> blackout.from() + "/" + blackout.to())
                .containsExactly(
                        "2026-11-04T00:00:00Z/2026-11-12T00:00:00Z",
                        "2026-12-25T00:00:00Z/2026-12-26T00:00:00Z",
                        "2026-12-31T18:00:00Z/2027-01-01T06:00:00Z");
        assertThatThrownBy(() -> CalendarDates.iCalendar("freeze", "2026-11-04,25.12.2026"))
                .hasMessageContaining("'25.12.2026' is no day");
        assertThatThrownBy(() -> CalendarDates.iCalendar("freeze", "2026-11-04/2026-11-03"))
                .hasMessageContaining("ends before it begins");
    }
}
