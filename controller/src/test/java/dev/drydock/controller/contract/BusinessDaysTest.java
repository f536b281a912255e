package dev.drydock.controller.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CalendarDates;
import dev.drydock.controller.window.InvalidCalendarException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDaysTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    private static ServiceHours hours(ZoneId zone, String opens, String closes) {
        return new ServiceHours(
                zone, ServiceHours.DAYS, LocalTime.parse(opens), LocalTime.parse(closes), List.of("holidays"));
    }

    private static Blackouts holidays(Set<LocalDate> days) {
        if (days.isEmpty()) {
            return Blackouts.NONE;
        }
        String dates = days.stream().sorted().map(LocalDate::toString).collect(Collectors.joining(","));
        try {
            return Blackouts.of(
                    BlackoutCalendar.parse("holidays", CalendarDates.iCalendar("holidays", dates), Optional.empty()));
        } catch (InvalidCalendarException e) {
            throw new AssertionError(e);
        }
    }

    /** The table of docs/contracts.md: 25 and 26 December 2026 are a Friday and a Saturday. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-21T10:00, 1, 2026-12-22T18:00",
        "2026-12-21T07:00, 1, 2026-12-22T18:00",
        "2026-12-21T18:00, 1, 2026-12-23T18:00",
        "2026-12-19T12:00, 1, 2026-12-22T18:00",
        "2026-12-18T17:59, 3, 2026-12-23T18:00",
        "2026-12-24T10:00, 1, 2026-12-28T18:00",
        "2026-12-25T10:00, 1, 2026-12-29T18:00"
    })
    void isDueAtTheCloseOfTheNthDayAfter(String came, int days, String due) {
        BusinessDays business = new BusinessDays(
                hours(BERLIN, "09:00", "18:00"),
                holidays(Set.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 26))));

        assertThat(business.due(local(came), days)).contains(local(due));
    }

    private static Instant local(String time) {
        return ZonedDateTime.parse(time + ":00+00:00[UTC]")
                .withZoneSameLocal(BERLIN)
                .toInstant();
    }

    @Test
    void aFreezeOfTheNightTakesNoDayAndOneOfAllItsHoursDoes() throws InvalidCalendarException {
        String ics = """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                DTSTART;TZID=Europe/Berlin:20261222T%s
                DTEND;TZID=Europe/Berlin:20261222T%s
                END:VEVENT
                END:VCALENDAR
                """;
        LocalDate day = LocalDate.of(2026, 12, 22);
        assertThat(days(ics.formatted("180000", "235900")).isOne(day)).isTrue();
        assertThat(days(ics.formatted("120000", "235900")).isOne(day)).isTrue();
        assertThat(days(ics.formatted("090000", "180000")).isOne(day)).isFalse();
    }

    private static BusinessDays days(String ics) throws InvalidCalendarException {
        return new BusinessDays(
                hours(BERLIN, "09:00", "18:00"),
                Blackouts.of(BlackoutCalendar.parse("holidays", ics.replace("\n", "\r\n"), Optional.empty())));
    }

    @Test
    void whoNeverWorksIsNeverLate() {
        Set<LocalDate> all = FIRST.datesUntil(FIRST.plusYears(11)).collect(Collectors.toSet());

        assertThat(new BusinessDays(hours(BERLIN, "09:00", "18:00"), holidays(all))
                        .due(Instant.parse("2026-01-05T10:00:00Z"), 1))
                .isEmpty();
    }

    @Test
    void hoursThatTheClockJumpsOverAreADayWithoutLength() {
        ServiceHours night = new ServiceHours(
                BERLIN, EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 30), LocalTime.of(3, 0), List.of());

        assertThat(new BusinessDays(night, Blackouts.NONE).due(Instant.parse("2026-03-28T00:00:00Z"), 1))
                .contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds())).map(ZoneId::of);
    }

    @Provide
    Arbitrary<Set<LocalDate>> holidays() {
        return Arbitraries.integers().between(0, 800).map(FIRST::plusDays).set().ofMaxSize(60);
    }

    /** Against a walk over days that are known to be one or not, in every zone. */
    @Property(tries = 2000)
    void leavesExactlySoManyBusinessDays(
            @ForAll("zones") ZoneId zone,
            @ForAll("holidays") Set<LocalDate> holidays,
            @ForAll @LongRange(min = 1_767_300_000L, max = 1_830_000_000L) long second,
            @ForAll @IntRange(min = 1, max = 40) int days,
            @ForAll @IntRange(min = 0, max = 23) int opens) {
        ServiceHours hours = new ServiceHours(
                zone,
                ServiceHours.DAYS,
                LocalTime.of(opens, 0),
                opens == 23 ? LocalTime.MIDNIGHT : LocalTime.of(opens + 1, 0),
                List.of("holidays"));
        Instant came = Instant.ofEpochSecond(second);

        Instant due =
                new BusinessDays(hours, holidays(holidays)).due(came, days).orElseThrow();

        assertThat(due).isAfter(came);
        int closedSince = 0;
        LocalDate first = came.atZone(zone).toLocalDate();
        for (LocalDate day = first; !hours.closes(day).isAfter(due); day = day.plusDays(1)) {
            boolean one = ServiceHours.DAYS.contains(day.getDayOfWeek()) && !holidays.contains(day);
            if (one && hours.closes(day).isAfter(came)) {
                closedSince++;
            }
        }
        // Day 0 closes too.
        assertThat(closedSince).isEqualTo(days + 1);
    }

    @Property(tries = 1000)
    void neverSoonerForWhatCameLaterNorLaterForWantOfAHoliday(
            @ForAll("zones") ZoneId zone,
            @ForAll("holidays") Set<LocalDate> holidays,
            @ForAll @LongRange(min = 1_767_300_000L, max = 1_830_000_000L) long second,
            @ForAll @IntRange(min = 0, max = 400_000) int later,
            @ForAll @IntRange(min = 1, max = 30) int days) {
        Instant came = Instant.ofEpochSecond(second);
        BusinessDays business = new BusinessDays(hours(zone, "09:00", "18:00"), holidays(holidays));
        Instant due = business.due(came, days).orElseThrow();

        assertThat(business.due(came.plusSeconds(later), days).orElseThrow()).isAfterOrEqualTo(due);
        assertThat(business.due(came, days + 1).orElseThrow()).isAfter(due);
        assertThat(new BusinessDays(hours(zone, "09:00", "18:00"), Blackouts.NONE)
                        .due(came, days)
                        .orElseThrow())
                .isBeforeOrEqualTo(due);
    }
}
