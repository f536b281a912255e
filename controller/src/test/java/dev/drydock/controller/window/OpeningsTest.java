package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OpeningsTest {
    private static final Instant NOVEMBER = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void takesATimeInAGapWithTheOffsetBeforeIt() {
        // Berlin jumps from 02:00 to 03:00 on 28 March 2027.
        Openings openings = new Openings(window("FREQ=DAILY", "2027-03-27T02:30", "Europe/Berlin", "PT1H", "PT0S"));

        assertThat(openings.next(Instant.parse("2027-03-27T00:00:00Z"), 3))
                .extracting(Opening::opens)
                .containsExactly(
                        Instant.parse("2027-03-27T01:30:00Z"),
                        Instant.parse("2027-03-28T01:30:00Z"), // 03:30 by the clock on the wall
                        Instant.parse("2027-03-29T00:30:00Z"));
    }

    @Test
    void takesATimeThatExistsTwiceOnceAndTheFirstTime() {
        // Berlin goes back from 03:00 to 02:00 on 25 October 2026.
        Openings openings = new Openings(window("FREQ=DAILY", "2026-10-24T02:30", "Europe/Berlin", "PT1H", "PT0S"));

        assertThat(openings.next(Instant.parse("2026-10-24T00:00:00Z"), 3))
                .extracting(Opening::opens)
                .containsExactly(
                        Instant.parse("2026-10-24T00:30:00Z"),
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void measuresDurationInElapsedTimeOverATransition() {
        Openings openings = new Openings(window("", "2026-10-25T01:30", "Europe/Berlin", "PT3H", "PT45M"));

        assertThat(openings.next(Instant.EPOCH, 5))
                .containsExactly(new Opening(
                        Instant.parse("2026-10-24T23:30:00Z"),
                        Instant.parse("2026-10-25T02:30:00Z"),
                        Instant.parse("2026-10-25T01:45:00Z")));
    }

    @Test
    void aRuleWithHoursInTheGapOpensOnceForTheTwoTimesThatMeet() {
        Openings openings =
                new Openings(window("FREQ=DAILY;BYHOUR=2,3", "2027-03-27T02:30", "Europe/Berlin", "PT30M", "PT0S"));

        assertThat(openings.next(Instant.parse("2027-03-28T00:00:00Z"), 2))
                .extracting(Opening::opens)
                .containsExactly(Instant.parse("2027-03-28T01:30:00Z"), Instant.parse("2027-03-29T00:30:00Z"));
    }

    @Test
    void closesAWholeDayEarlyWhenTheDayIsShort() {
        Openings openings = new Openings(window("FREQ=DAILY", "2027-03-27T00:00", "Europe/Berlin", "PT24H", "PT1H"));

        List<Opening> three = openings.next(Instant.parse("2027-03-27T12:00:00Z"), 3);

        assertThat(three.get(1))
                .isEqualTo(new Opening(
                        Instant.parse("2027-03-27T23:00:00Z"),
                        Instant.parse("2027-03-28T22:00:00Z"),
                        Instant.parse("2027-03-28T21:00:00Z")));
    }

    @Test
    void knowsTheOpeningThatCoversAnInstantAndIgnoresTheOnesBefore() {
        Openings openings =
                new Openings(window("FREQ=WEEKLY;BYDAY=SU", "2020-01-05T02:00", "Asia/Tokyo", "PT3H", "PT45M"));
        Instant opens = Instant.parse("2026-11-28T17:00:00Z");

        assertThat(openings.covering(opens.minusSeconds(1))).isEmpty();
        assertThat(openings.covering(opens)).map(Opening::opens).contains(opens);
        assertThat(openings.covering(opens.plus(Duration.ofHours(3)).minusNanos(1)))
                .isPresent();
        assertThat(openings.covering(opens.plus(Duration.ofHours(3)))).isEmpty();
        assertThat(openings.next(NOVEMBER, 1)).extracting(Opening::opens).containsExactly(opens);
    }

    @Test
    void findsARareOpeningYearsAhead() {
        Openings openings =
                new Openings(window("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29T02:00", "UTC", "PT1H", "PT0S"));

        assertThat(openings.next(NOVEMBER, 2))
                .extracting(Opening::opens)
                .containsExactly(Instant.parse("2028-02-29T02:00:00Z"), Instant.parse("2032-02-29T02:00:00Z"));
    }

    @Test
    void anOpeningUsedOnceIsNotUsedAgainWhenTheClockIsSetBack() {
        Openings openings = new Openings(window("FREQ=DAILY", "2026-11-20T02:00", "UTC", "PT1H", "PT10M"));
        Instant used = Instant.parse("2026-11-25T02:00:00Z");

        assertThat(openings.usable(Instant.parse("2026-11-24T01:00:00Z"), Optional.of(used)))
                .map(Opening::opens)
                .contains(Instant.parse("2026-11-26T02:00:00Z"));
    }

    @Test
    void anOpeningPastItsCutoffIsNotUsableAnyMore() {
        Openings openings = new Openings(window("FREQ=DAILY", "2026-11-20T02:00", "UTC", "PT1H", "PT10M"));

        assertThat(openings.usable(Instant.parse("2026-11-24T02:50:00Z"), Optional.empty()))
                .map(Opening::opens)
                .contains(Instant.parse("2026-11-25T02:00:00Z"));
        assertThat(openings.usable(Instant.parse("2026-11-24T02:49:59Z"), Optional.empty()))
                .map(Opening::opens)
                .contains(Instant.parse("2026-11-24T02:00:00Z"));
    }

    /** Around every transition of every zone: one opening a day, none lost, none doubled, each of its full length. */
    @Property(tries = 400)
    void aDailyWindowOpensOnceADayOverEveryTransition(
            @ForAll("transitions") ZonedTransition at,
            @ForAll @IntRange(min = 0, max = 23) int hour,
            @ForAll @IntRange(min = 0, max = 59) int minute) {
        LocalDateTime day = at.transition().getDateTimeBefore().toLocalDate().atTime(hour, minute);
        Duration jump = at.transition().getDuration();
        // A zone that skipped a whole day (Samoa 2011) brings two openings to the same instant.
        Assume.that(jump.abs().compareTo(Duration.ofHours(20)) < 0);
        Window window =
                window("FREQ=DAILY", day.minusDays(3).toString(), at.zone().getId(), "PT1H", "PT10M");

        List<Opening> openings = new Openings(window).next(LocalTimes.instant(day.minusDays(3), at.zone()), 7);

        assertThat(openings).hasSize(7);
        assertThat(openings).isSortedAccordingTo((a, b) -> a.opens().compareTo(b.opens()));
        assertThat(new HashSet<>(openings)).hasSize(7);
        for (int i = 0; i < 7; i++) {
            Opening opening = openings.get(i);
            LocalDateTime wanted = day.minusDays(3).plusDays(i);
            LocalDateTime wall = LocalDateTime.ofInstant(opening.opens(), at.zone());
            assertThat(Duration.between(opening.opens(), opening.closes())).isEqualTo(Duration.ofHours(1));
            boolean exists = !at.zone().getRules().getValidOffsets(wanted).isEmpty();
            assertThat(wall)
                    .isEqualTo(
                            exists
                                    ? wanted
                                    : wanted.plus(at.zone()
                                            .getRules()
                                            .getTransition(wanted)
                                            .getDuration()));
            assertThat(opening.opens().atZone(at.zone()).getOffset())
                    .isEqualTo(
                            exists
                                    ? at.zone()
                                            .getRules()
                                            .getValidOffsets(wanted)
                                            .getFirst()
                                    : opening.opens().atZone(at.zone()).getOffset());
        }
    }

    @Property(tries = 150)
    void asksAtAnyInstantAgreeWithTheWholeList(
            @ForAll("transitions") ZonedTransition at, @ForAll @IntRange(min = -5000, max = 5000) int minutes) {
        LocalDateTime start = at.transition().getDateTimeBefore().minusDays(4).withSecond(0);
        Openings openings = new Openings(
                window("FREQ=HOURLY;INTERVAL=5", start.toString(), at.zone().getId(), "PT2H", "PT30M"));
        List<Opening> all = openings.next(LocalTimes.instant(start, at.zone()), 60);
        Instant asked = at.transition().getInstant().plus(Duration.ofMinutes(minutes));

        assertThat(openings.next(asked, 3))
                .isEqualTo(all.stream()
                        .filter(o -> o.closes().isAfter(asked))
                        .limit(3)
                        .toList());
        assertThat(openings.covering(asked))
                .isEqualTo(all.stream().filter(o -> o.covers(asked)).findFirst());
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).opens()).isAfterOrEqualTo(all.get(i - 1).closes());
        }
    }

    @Provide
    Arbitrary<ZonedTransition> transitions() {
        List<ZoneId> zones = ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .filter(zone -> zone.getRules().nextTransition(Instant.parse("2000-01-01T00:00:00Z")) != null)
                .toList();
        return Arbitraries.of(zones).flatMap(zone -> Arbitraries.longs()
                .between(946_684_800L, 2_050_000_000L)
                .map(second -> {
                    Instant from = Instant.ofEpochSecond(second);
                    ZoneOffsetTransition next = zone.getRules().nextTransition(from);
                    return new ZonedTransition(
                            zone, next != null ? next : zone.getRules().previousTransition(from));
                }));
    }

    record ZonedTransition(ZoneId zone, ZoneOffsetTransition transition) {}

    private static Window window(String rule, String start, String zone, String duration, String cutoff) {
        return new Window(
                "test",
                rule.isEmpty() ? Optional.empty() : Optional.of(rule),
                LocalDateTime.parse(start),
                ZoneId.of(zone),
                Duration.parse(duration),
                Duration.parse(cutoff),
                Window.DEFAULT_RESERVE);
    }
}
