package dev.drydock.controller.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHTS =
            new QuietHours(BERLIN, EnumSet.allOf(DayOfWeek.class), LocalTime.of(20, 0), LocalTime.of(8, 0));

    private static Instant berlin(String local) {
        return ZonedDateTime.parse(local + ":00+00:00[UTC]")
                .withZoneSameLocal(BERLIN)
                .toInstant();
    }

    @Test
    void goOverMidnight() {
        assertThat(NIGHTS.over(berlin("2026-11-24T19:59"))).isEmpty();
        assertThat(NIGHTS.over(berlin("2026-11-24T20:00"))).contains(berlin("2026-11-25T08:00"));
        assertThat(NIGHTS.over(berlin("2026-11-25T07:59"))).contains(berlin("2026-11-25T08:00"));
        assertThat(NIGHTS.over(berlin("2026-11-25T08:00"))).isEmpty();
    }

    @Test
    void belongToTheDayOnWhichTheyBegin() {
        QuietHours friday = new QuietHours(BERLIN, Set.of(DayOfWeek.FRIDAY), LocalTime.of(20, 0), LocalTime.of(8, 0));

        assertThat(friday.over(berlin("2026-11-27T21:00"))).contains(berlin("2026-11-28T08:00"));
        assertThat(friday.over(berlin("2026-11-28T07:00"))).contains(berlin("2026-11-28T08:00"));
        assertThat(friday.over(berlin("2026-11-27T07:00"))).isEmpty();
    }

    @Test
    void thatFollowEachOtherAreOne() {
        QuietHours weekend = new QuietHours(
                BERLIN, Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

        assertThat(weekend.over(berlin("2026-11-28T10:00"))).contains(berlin("2026-11-30T00:00"));
        assertThat(weekend.everEnd()).isTrue();
        assertThat(new QuietHours(BERLIN, NIGHTS.days(), LocalTime.NOON, LocalTime.NOON).everEnd())
                .isFalse();
    }

    @Test
    void areOfTheLocalClockWhenThatJumps() {
        assertThat(NIGHTS.over(berlin("2026-03-28T23:00"))).contains(Instant.parse("2026-03-29T06:00:00Z"));
        assertThat(NIGHTS.over(berlin("2026-10-24T23:00"))).contains(Instant.parse("2026-10-25T07:00:00Z"));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds())).map(ZoneId::of);
    }

    @Property(tries = 2000)
    void areOverWhenTheyAreOver(
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = 1_767_300_000L, max = 1_830_000_000L) long second,
            @ForAll Set<DayOfWeek> days,
            @ForAll @IntRange(max = 23) int from,
            @ForAll @IntRange(max = 23) int to) {
        QuietHours hours = new QuietHours(zone, days, LocalTime.of(from, 0), LocalTime.of(to, 0));
        if (!hours.everEnd()) {
            return;
        }
        Instant now = Instant.ofEpochSecond(second);

        Optional<Instant> over = hours.over(now);

        over.ifPresent(end -> {
            assertThat(end).isAfter(now);
            assertThat(hours.over(end)).isEmpty();
            assertThat(hours.over(end.minusNanos(1))).contains(end);
        });
    }
}
