package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every example of RFC 5545 section 3.8.5.3, in its order, against a window's openings and a calendar's blackouts. All of
 * them are at 09:00 in New York but where times are written.
 */
class Rfc5545ExamplesTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            Daily for 10 occurrences             | 19970902 | FREQ=DAILY;COUNT=10 | 1997 Sep 2-11 | all
            Daily until 24 December              | 19970902 | FREQ=DAILY;UNTIL=19971224T000000Z | 1997 Sep 2-30 Oct 1-31 Nov 1-30 Dec 1-23 | all
            Every other day, forever             | 19970902 | FREQ=DAILY;INTERVAL=2 | 1997 Sep 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 Oct 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 Nov 1,3 | more
            Every 10 days, 5 occurrences         | 19970902 | FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997 Sep 2,12,22 Oct 2,12 | all
            Every day in January, for 3 years    | 19980101 | FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA | 1998 Jan 1-31 1999 Jan 1-31 2000 Jan 1-31 | all
            Every day in January, for 3 years    | 19980101 | FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1 | 1998 Jan 1-31 1999 Jan 1-31 2000 Jan 1-31 | all
            Weekly for 10 occurrences            | 19970902 | FREQ=WEEKLY;COUNT=10 | 1997 Sep 2,9,16,23,30 Oct 7,14,21,28 Nov 4 | all
            Weekly until 24 December             | 19970902 | FREQ=WEEKLY;UNTIL=19971224T000000Z | 1997 Sep 2,9,16,23,30 Oct 7,14,21,28 Nov 4,11,18,25 Dec 2,9,16,23 | all
            Every other week, forever            | 19970902 | FREQ=WEEKLY;INTERVAL=2;WKST=SU | 1997 Sep 2,16,30 Oct 14,28 Nov 11,25 Dec 9,23 1998 Jan 6,20 Feb 3,17 | more
            Tuesday and Thursday for five weeks  | 19970902 | FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH | 1997 Sep 2,4,9,11,16,18,23,25,30 Oct 2 | all
            Tuesday and Thursday for five weeks  | 19970902 | FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH | 1997 Sep 2,4,9,11,16,18,23,25,30 Oct 2 | all
            Every other week on three days       | 19970901 | FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR | 1997 Sep 1,3,5,15,17,19,29 Oct 1,3,13,15,17,27,29,31 Nov 10,12,14,24,26,28 Dec 8,10,12,22 | all
            Every other week on two days         | 19970902 | FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 1997 Sep 2,4,16,18,30 Oct 2,14,16 | all
            First Friday, 10 occurrences         | 19970905 | FREQ=MONTHLY;COUNT=10;BYDAY=1FR | 1997 Sep 5 Oct 3 Nov 7 Dec 5 1998 Jan 2 Feb 6 Mar 6 Apr 3 May 1 Jun 5 | all
            First Friday until 24 December       | 19970905 | FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR | 1997 Sep 5 Oct 3 Nov 7 Dec 5 | all
            First and last Sunday, every other   | 19970907 | FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU | 1997 Sep 7,28 Nov 2,30 1998 Jan 4,25 Mar 1,29 May 3,31 | all
            Second-to-last Monday, 6 months      | 19970922 | FREQ=MONTHLY;COUNT=6;BYDAY=-2MO | 1997 Sep 22 Oct 20 Nov 17 Dec 22 1998 Jan 19 Feb 16 | all
            Third-to-the-last day, forever       | 19970928 | FREQ=MONTHLY;BYMONTHDAY=-3 | 1997 Sep 28 Oct 29 Nov 28 Dec 29 1998 Jan 29 Feb 26 | more
            2nd and 15th, 10 occurrences         | 19970902 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15 | 1997 Sep 2,15 Oct 2,15 Nov 2,15 Dec 2,15 1998 Jan 2,15 | all
            First and last day, 10 occurrences   | 19970930 | FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1 | 1997 Sep 30 Oct 1,31 Nov 1,30 Dec 1,31 1998 Jan 1,31 Feb 1 | all
            Every 18 months, 10th to 15th        | 19970910 | FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15 | 1997 Sep 10-15 1999 Mar 10-13 | all
            Every Tuesday, every other month     | 19970902 | FREQ=MONTHLY;INTERVAL=2;BYDAY=TU | 1997 Sep 2,9,16,23,30 Nov 4,11,18,25 1998 Jan 6,13,20,27 Mar 3,10,17,24,31 | more
            June and July, 10 occurrences        | 19970610 | FREQ=YEARLY;COUNT=10;BYMONTH=6,7 | 1997 Jun 10 Jul 10 1998 Jun 10 Jul 10 1999 Jun 10 Jul 10 2000 Jun 10 Jul 10 2001 Jun 10 Jul 10 | all
            Every other year, January to March   | 19970310 | FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3 | 1997 Mar 10 1999 Jan 10 Feb 10 Mar 10 2001 Jan 10 Feb 10 Mar 10 2003 Jan 10 Feb 10 Mar 10 | all
            Every third year, days of the year   | 19970101 | FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 1997 Jan 1 Apr 10 Jul 19 2000 Jan 1 Apr 9 Jul 18 2003 Jan 1 Apr 10 Jul 19 2006 Jan 1 | all
            Every 20th Monday of the year        | 19970519 | FREQ=YEARLY;BYDAY=20MO | 1997 May 19 1998 May 18 1999 May 17 | more
            Monday of week number 20             | 19970512 | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | 1997 May 12 1998 May 11 1999 May 17 | more
            Every Thursday in March              | 19970313 | FREQ=YEARLY;BYMONTH=3;BYDAY=TH | 1997 Mar 13,20,27 1998 Mar 5,12,19,26 1999 Mar 4,11,18,25 | more
            Every Thursday in summer             | 19970605 | FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8 | 1997 Jun 5,12,19,26 Jul 3,10,17,24,31 Aug 7,14,21,28 1998 Jun 4,11,18,25 Jul 2,9,16,23,30 Aug 6,13,20,27 1999 Jun 3,10,17,24 Jul 1,8,15,22,29 Aug 5,12,19,26 | more
            Saturday after the first Sunday      | 19970913 | FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13 | 1997 Sep 13 Oct 11 Nov 8 Dec 13 1998 Jan 10 Feb 7 Mar 7 Apr 11 May 9 Jun 13 | more
            Election day                         | 19961105 | FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996 Nov 5 2000 Nov 7 2004 Nov 2 | more
            Third of Tuesday to Thursday         | 19970904 | FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997 Sep 4 Oct 7 Nov 6 | all
            Second-to-last weekday               | 19970929 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2 | 1997 Sep 29 Oct 30 Nov 27 Dec 30 1998 Jan 29 Feb 26 Mar 30 | more
            Every 20 minutes by day              | 19970902 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40 | 1997 Sep 2 9:00,9:20,9:40,10:00,10:20,10:40,11:00,11:20,11:40,12:00,12:20,12:40,13:00,13:20,13:40,14:00,14:20,14:40,15:00,15:20,15:40,16:00,16:20,16:40 Sep 3 9:00,9:20 | more
            Weeks that begin on Monday           | 19970805 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO | 1997 Aug 5,10,19,24 | all
            Weeks that begin on Sunday           | 19970805 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU | 1997 Aug 5,17,19,31 | all
            30 February is left out              | 20070115 | FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 | 2007 Jan 15,30 Feb 15 Mar 15,30 | all
            """)
    void windowsAndCalendarsGoByTheExample(String name, String day, String rule, String dates, String extent)
            throws Exception {
        List<LocalDateTime> expected = dates(dates);
        LocalDateTime start = LocalDate.parse(day, java.time.format.DateTimeFormatter.BASIC_ISO_DATE)
                .atTime(9, 0);

        assertThat(openings(start, rule, expected.size() + 1)).satisfies(opens -> {
            assertThat(opens.subList(0, Math.min(opens.size(), expected.size())))
                    .isEqualTo(expected);
            assertThat(opens.size() > expected.size()).isEqualTo(extent.equals("more"));
        });
        assertThat(blackouts("DTSTART;TZID=America/New_York:" + day + "T090000", "RRULE:" + rule, expected.getLast()))
                .isEqualTo(expected);
    }

    /** The rules of windows are stricter than the RFC here, on purpose. */
    @Test
    void aWindowsStartIsItsFirstOpening() throws Exception {
        // "Every Friday the 13th, forever" starts on a day that is none, and takes that away by EXDATE.
        String rule = "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13";
        List<LocalDateTime> expected = dates("1998 Feb 13 Mar 13 Nov 13 1999 Aug 13 2000 Oct 13");

        assertThatThrownBy(() -> openings(LocalDateTime.parse("1997-09-02T09:00"), rule, 5))
                .isInstanceOf(InvalidWindowException.class)
                .hasMessageContaining("the first one after it is 1998-02-13T09:00");
        assertThat(openings(LocalDateTime.parse("1998-02-13T09:00"), rule, 5)).isEqualTo(expected);
        assertThat(blackouts(
                        "DTSTART;TZID=America/New_York:19970902T090000",
                        "RRULE:" + rule + "\r\nEXDATE;TZID=America/New_York:19970902T090000",
                        expected.getLast()))
                .isEqualTo(expected);
    }

    /** Nobody patches by the minute; the same times can be written with BYHOUR and BYMINUTE. */
    @ParameterizedTest
    @CsvSource({
        "Every 15 minutes for 6 occurrences,     FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        "Every hour and a half for 4 occurrences, FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        "Every 20 minutes by the minute,         'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16'"
    })
    void neitherWindowsNorCalendarsRecurByTheMinute(String name, String rule) {
        assertThatThrownBy(() -> openings(LocalDateTime.parse("1997-09-02T09:00"), rule, 5))
                .isInstanceOf(InvalidWindowException.class)
                .hasMessageContaining("hourly at most");
        assertThatThrownBy(() -> blackouts("DTSTART:19970902T090000Z", "RRULE:" + rule, LocalDateTime.MIN))
                .isInstanceOf(InvalidCalendarException.class)
                .hasMessageContaining("hourly at most");
    }

    /** Its UNTIL is 13:00 in New York, though its list goes to 15:00: a known erratum. We go by the rule. */
    @Test
    void everyThreeHoursEndsWhenItsRuleSays() throws Exception {
        LocalDateTime start = LocalDateTime.parse("1997-09-02T09:00");

        assertThat(openings(start, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", 9))
                .isEqualTo(dates("1997 Sep 2 9:00,12:00"));
        assertThat(openings(start, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", 9))
                .isEqualTo(dates("1997 Sep 2 9:00,12:00,15:00"));
    }

    private static List<LocalDateTime> openings(LocalDateTime start, String rule, int count)
            throws InvalidWindowException {
        Window window = new WindowDraft(
                        "test",
                        rule,
                        start.toString(),
                        NEW_YORK.getId(),
                        Duration.ofMinutes(15),
                        Duration.ZERO,
                        Optional.empty())
                .validate();
        return new Openings(window)
                .next(LocalTimes.instant(start, NEW_YORK), count).stream()
                        .map(opening -> LocalDateTime.ofInstant(opening.opens(), NEW_YORK))
                        .toList();
    }

    private static List<LocalDateTime> blackouts(String start, String rule, LocalDateTime last)
            throws InvalidCalendarException {
        String text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + start + "\r\nDURATION:PT15M\r\n" + rule
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        BlackoutCalendar calendar = BlackoutCalendar.parse("test", text, Optional.empty());
        Instant end = LocalTimes.instant(last, NEW_YORK).plusSeconds(1);
        return calendar.between(Instant.parse("1996-01-01T00:00:00Z"), end, NEW_YORK).stream()
                .map(blackout -> LocalDateTime.ofInstant(blackout.from(), NEW_YORK))
                .toList();
    }

    /** {@code 1997 Sep 2-4,9 Oct 1 9:00,9:20}: years, months, days and, where it is not 09:00, times. */
    private static List<LocalDateTime> dates(String text) {
        List<LocalDateTime> dates = new ArrayList<>();
        int year = 0;
        Month month = Month.JANUARY;
        for (String word : text.trim().split(" ")) {
            if (word.matches("\\d{4}")) {
                year = Integer.parseInt(word);
            } else if (word.matches("[A-Z][a-z]{2}")) {
                String name = word.toUpperCase(Locale.ROOT);
                month = Arrays.stream(Month.values())
                        .filter(one -> one.name().startsWith(name))
                        .findFirst()
                        .orElseThrow();
            } else if (word.indexOf(':') >= 0) {
                LocalDate day = dates.removeLast().toLocalDate();
                for (String time : word.split(",")) {
                    dates.add(day.atTime(LocalTime.parse(time.length() == 4 ? "0" + time : time)));
                }
            } else {
                for (String days : word.split(",")) {
                    String[] ends = days.split("-");
                    for (int day = Integer.parseInt(ends[0]); day <= Integer.parseInt(ends[ends.length - 1]); day++) {
                        dates.add(LocalDate.of(year, month, day).atTime(9, 0));
                    }
                }
            }
        }
        return dates;
    }
}
