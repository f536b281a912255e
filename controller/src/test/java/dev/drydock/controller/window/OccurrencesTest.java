package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OccurrencesTest {
    private static Occurrences of(String rrule, String start, String zone) {
        List<String> problems = new ArrayList<>();
        Optional<Occurrences> found = Occurrences.of(rrule, start, zone, problems);
        assertThat(problems).isEmpty();
        return found.orElseThrow();
    }

    private static List<String> problems(String rrule, String start, String zone) {
        List<String> problems = new ArrayList<>();
        assertThat(Occurrences.of(rrule, start, zone, problems)).isEmpty();
        return problems;
    }

    @Test
    void keepsTheLocalTimeOverTheChangeOfClocks() {
        Occurrences mornings = of("FREQ=DAILY", "2026-03-27T07:00", "Europe/Berlin");
        assertThat(mornings.within(Instant.parse("2026-03-27T00:00:00Z"), Instant.parse("2026-03-30T12:00:00Z")))
                .containsExactly(
                        Instant.parse("2026-03-27T06:00:00Z"),
                        Instant.parse("2026-03-28T06:00:00Z"),
                        Instant.parse("2026-03-29T05:00:00Z"),
                        Instant.parse("2026-03-30T05:00:00Z"));
    }

    @Test
    void aTimeThatTheClockJumpsOverComesAnHourLaterAndOneThatComesTwiceOnce() {
        Occurrences nights = of("FREQ=DAILY", "2026-01-01T02:30", "Europe/Berlin");
        assertThat(nights.within(Instant.parse("2026-03-28T12:00:00Z"), Instant.parse("2026-03-29T12:00:00Z")))
                .containsExactly(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(nights.within(Instant.parse("2026-10-24T12:00:00Z"), Instant.parse("2026-10-25T12:00:00Z")))
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void endsAreExclusiveAndInclusive() {
        Occurrences daily = of("FREQ=DAILY", "2026-11-24T12:00", "UTC");
        Instant first = Instant.parse("2026-11-24T12:00:00Z");
        assertThat(daily.within(first.minusSeconds(1), first)).containsExactly(first);
        assertThat(daily.within(first, first)).isEmpty();
        assertThat(daily.within(first, first.plusSeconds(86_399))).isEmpty();
        assertThat(daily.next(first)).contains(Instant.parse("2026-11-25T12:00:00Z"));
    }

    @Test
    void withoutARuleItComesOnce() {
        Occurrences once = of("", "2026-11-24T12:00", "UTC");
        Instant at = Instant.parse("2026-11-24T12:00:00Z");
        assertThat(once.next(at.minusSeconds(1))).contains(at);
        assertThat(once.next(at)).isEmpty();
        assertThat(once.within(Instant.EPOCH, at.plusSeconds(1))).containsExactly(at);
    }

    @Test
    void whatIsRareIsFoundAndWhatIsOverIsNot() {
        assertThat(of("FREQ=YEARLY;INTERVAL=4", "2028-02-29T09:00", "UTC").next(Instant.parse("2028-03-01T00:00:00Z")))
                .contains(Instant.parse("2032-02-29T09:00:00Z"));
        assertThat(of("FREQ=DAILY;COUNT=2", "2026-11-24T12:00", "UTC").next(Instant.parse("2026-11-25T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(problems("FREQ=MINUTELY", "2026-11-24T12:00", "UTC"))
                .singleElement()
                .asString()
                .contains("hourly");
        assertThat(problems("FREQ=SOMETIMES", "noon", "Mars/Olympus"))
                .hasSize(2)
                .anySatisfy(one -> assertThat(one).startsWith("start: 'noon'"))
                .anySatisfy(one -> assertThat(one).startsWith("zone: 'Mars/Olympus'"));
        assertThat(problems("FREQ=WEEKLY;BYDAY=MO", "2026-11-24T12:00", "UTC"))
                .singleElement()
                .asString()
                .contains("the first one after it is 2026-11-30T12:00");
    }
}
