package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** Examples of RFC 5545 section 3.8.5.3: rule, start, and the first occurrences it lists. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FREQ=DAILY;COUNT=10                                      | 1997-09-02T09:00 | 1997-09-02 1997-09-03 1997-09-04 1997-09-05 1997-09-06 1997-09-07 1997-09-08 1997-09-09 1997-09-10 1997-09-11 .
        FREQ=DAILY;INTERVAL=2                                    | 1997-09-02T09:00 | 1997-09-02 1997-09-04 1997-09-06 1997-09-08
        FREQ=DAILY;INTERVAL=10;COUNT=5                           | 1997-09-02T09:00 | 1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12 .
        FREQ=WEEKLY;COUNT=10                                     | 1997-09-02T09:00 | 1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-10-07 1997-10-14 1997-10-21 1997-10-28 1997-11-04 .
        FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH   | 1997-09-02T09:00 | 1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02 .
        FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH       | 1997-09-02T09:00 | 1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16 .
        FREQ=MONTHLY;COUNT=10;BYDAY=1FR                          | 1997-09-05T09:00 | 1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05 .
        FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU          | 1997-09-07T09:00 | 1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31 .
        FREQ=MONTHLY;COUNT=6;BYDAY=-2MO                          | 1997-09-22T09:00 | 1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16 .
        FREQ=MONTHLY;BYMONTHDAY=-3                               | 1997-09-28T09:00 | 1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26
        FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13                      | 1998-02-13T09:00 | 1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13
        FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13       | 1997-09-13T09:00 | 1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07
        FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2            | 1997-09-29T09:00 | 1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29
        FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11-05T09:00 | 1996-11-05 2000-11-07 2004-11-02
        FREQ=YEARLY;COUNT=10;BYMONTH=6,7                         | 1997-06-10T09:00 | 1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 2000-06-10 2000-07-10 2001-06-10 2001-07-10 .
        FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5                    | 2007-01-15T09:00 | 2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30 .
        """)
    void givesTheExamplesOfTheStandard(String rule, LocalDateTime start, String expected) {
        List<String> days = Arrays.asList(expected.trim().split(" "));
        boolean ends = days.getLast().equals(".");
        List<LocalDateTime> wanted = days.stream()
                .filter(day -> !day.equals("."))
                .map(day -> LocalDateTime.parse(day + "T09:00"))
                .toList();
        List<LocalDateTime> found = Recurrence.parse(rule, start, NEW_YORK).between(start, start.plusYears(12));

        assertThat(ends ? found : found.stream().limit(wanted.size()).toList()).isEqualTo(wanted);
    }

    @Test
    void countsFromTheStartAlsoWhenAskedForALaterTime() {
        LocalDateTime start = LocalDateTime.parse("2026-01-01T02:00");
        Recurrence rule = Recurrence.parse("FREQ=DAILY;COUNT=10", start, NEW_YORK);

        assertThat(rule.between(start.plusDays(8), start.plusDays(100)))
                .containsExactly(start.plusDays(8), start.plusDays(9));
    }

    @ParameterizedTest
    @CsvSource({
        "UNTIL=20260103, 3",
        "UNTIL=20260103T015959, 2",
        "UNTIL=20260103T020000, 3",
        // 02:00 in New York is 07:00 in UTC in January.
        "UNTIL=20260103T065959Z, 2",
        "UNTIL=20260103T070000Z, 3"
    })
    void readsTheThreeSpellingsOfUntil(String until, int occurrences) {
        LocalDateTime start = LocalDateTime.parse("2026-01-01T02:00");

        assertThat(Recurrence.parse("FREQ=DAILY;" + until, start, NEW_YORK).between(start, start.plusYears(1)))
                .hasSize(occurrences);
    }

    @Test
    void reachesALeapDayFromADailyRule() {
        LocalDateTime start = LocalDateTime.parse("2024-02-29T02:00");

        assertThat(Recurrence.parse("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", start, NEW_YORK)
                        .between(start, start.plusYears(12)))
                .containsExactly(start, start.plusYears(4), start.plusYears(8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RRULE:FREQ=DAILY",
                "FREQ=SOMETIMES",
                "INTERVAL=2",
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=DAILY;COUNT=abc",
                "FREQ=DAILY;COUNT=5;UNTIL=20270101",
                "FREQ=DAILY;UNTIL=tomorrow",
                "FREQ=DAILY;NONSENSE",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=DAILY;INTERVAL=-1",
                "every sunday"
            })
    void refusesWhatIsNoRule(String text) {
        assertThatThrownBy(() -> Recurrence.parse(text, LocalDateTime.parse("2026-01-01T02:00"), NEW_YORK))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
