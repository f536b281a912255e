package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlackoutOpeningsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    /** 02:00–05:00 each night, no start in the last 45 minutes. */
    private static final Window NIGHTLY = new Window(
            "night",
            Optional.of("FREQ=DAILY"),
            LocalDateTime.parse("2026-11-01T02:00"),
            ZoneId.of("UTC"),
            Duration.ofHours(3),
            Duration.ofMinutes(45),
            Window.DEFAULT_RESERVE,
            List.of("freeze"));

    private static Openings openings(String dates) throws InvalidCalendarException {
        return new Openings(NIGHTLY, blackouts(dates));
    }

    private static Blackouts blackouts(String dates) throws InvalidCalendarException {
        return Blackouts.of(
                BlackoutCalendar.parse("freeze", CalendarDates.iCalendar("freeze", dates), Optional.empty()));
    }

    @Test
    void anOpeningInABlackoutDoesNotHappen() throws Exception {
        Openings openings = openings("2026-11-24/2026-11-26");

        assertThat(openings.next(NOW, 1))
                .extracting(Opening::opens)
                .containsExactly(Instant.parse("2026-11-27T02:00:00Z"));
        assertThat(openings.slots(NOW, 1, 100))
                .hasSize(4)
                .filteredOn(Slot::lost)
                .hasSize(3);
        assertThat(openings.covering(Instant.parse("2026-11-25T03:00:00Z"))).isEmpty();
        assertThat(openings.covering(Instant.parse("2026-11-27T03:00:00Z"))).isPresent();
    }

    @Test
    void anOpeningIsCutToWhatIsBeforeTheBlackout() throws Exception {
        assertThat(openings("2026-11-24T04:00/2026-11-24T04:01").slots(NOW, 1, 10))
                .singleElement()
                .satisfies(slot -> {
                    assertThat(slot.cut()).isTrue();
                    assertThat(slot.why()).isEqualTo("calendar freeze");
                    assertThat(slot.opening())
                            .contains(new Opening(
                                    Instant.parse("2026-11-24T02:00:00Z"),
                                    Instant.parse("2026-11-24T04:00:00Z"),
                                    Instant.parse("2026-11-24T03:15:00Z")));
                });
    }

    @Test
    void whatIsLeftMustBeLongerThanTheCutoff() throws Exception {
        assertThat(openings("2026-11-24T02:45/2026-11-24T04:00").at(Instant.parse("2026-11-24T02:00:00Z")))
                .get()
                .matches(Slot::lost);
        assertThat(openings("2026-11-24T02:46/2026-11-24T04:00").at(Instant.parse("2026-11-24T02:00:00Z")))
                .get()
                .matches(Slot::cut);
    }

    @Test
    void aBlackoutThatEndsInsideAnOpeningTakesAllOfIt() throws Exception {
        assertThat(openings("2026-11-23T20:00/2026-11-24T02:01").next(NOW, 1))
                .extracting(Opening::opens)
                .containsExactly(Instant.parse("2026-11-25T02:00:00Z"));
        assertThat(openings("2026-11-23T20:00/2026-11-24T02:00").next(NOW, 1))
                .extracting(Opening::opens)
                .containsExactly(Instant.parse("2026-11-24T02:00:00Z"));
        assertThat(openings("2026-11-24T05:00/2026-11-24T09:00").slots(NOW, 1, 1))
                .noneMatch(Slot::cut);
    }

    @Test
    void aCalendarThatWasNeverReadLeavesNothing() {
        Openings openings = new Openings(NIGHTLY, Blackouts.NONE);

        assertThat(openings.next(NOW, 3)).isEmpty();
        assertThat(openings.usable(NOW, Optional.empty())).isEmpty();
        assertThat(openings.covering(Instant.parse("2026-11-25T03:00:00Z"))).isEmpty();
        assertThat(openings.slots(NOW, 1, 100)).isNotEmpty().allSatisfy(slot -> assertThat(slot.why())
                .isEqualTo("calendar freeze was never read"));
        assertThat(openings.hindered(NOW, Optional.empty())).isPresent();
    }

    @Test
    void theNextUsableOneIsFoundBehindAFreezeOfYears() throws Exception {
        assertThat(openings("2026-11-01/2031-12-31").usable(NOW, Optional.empty()))
                .map(Opening::opens)
                .contains(Instant.parse("2032-01-01T02:00:00Z"));
        assertThat(openings("2026-11-01/2060-12-31").usable(NOW, Optional.empty()))
                .isEmpty();
    }

    /** Whatever blackout: what is left lies in the opening by the rule and outside of the blackout, and begins as the rule says. */
    @Property(tries = 300)
    void whatIsLeftIsOfTheRuleAndOutsideOfTheBlackout(
            @ForAll @IntRange(min = -600, max = 4000) int begin, @ForAll @IntRange(min = 1, max = 3000) int minutes)
            throws Exception {
        Instant from = NOW.plus(begin, ChronoUnit.MINUTES);
        Instant to = from.plus(minutes, ChronoUnit.MINUTES);
        Openings openings =
                openings(from.toString().replace("Z", "") + "/" + to.toString().replace("Z", ""));

        List<Slot> slots = openings.between(NOW.minus(2, ChronoUnit.DAYS), NOW.plus(8, ChronoUnit.DAYS));

        assertThat(slots)
                .extracting(Slot::byRule)
                .isEqualTo(new Openings(new Window(
                                "night",
                                NIGHTLY.rrule(),
                                NIGHTLY.start(),
                                NIGHTLY.zone(),
                                NIGHTLY.duration(),
                                NIGHTLY.cutoff(),
                                NIGHTLY.reserve()))
                        .next(NOW.minus(2, ChronoUnit.DAYS), 10));
        for (Slot slot : slots) {
            boolean touched = slot.byRule().opens().isBefore(to)
                    && from.isBefore(slot.byRule().closes());
            assertThat(slot.why().isEmpty()).isEqualTo(!touched);
            slot.opening().ifPresent(left -> {
                assertThat(left.opens()).isEqualTo(slot.byRule().opens());
                assertThat(left.closes()).isBeforeOrEqualTo(slot.byRule().closes());
                assertThat(Duration.between(left.startBefore(), left.closes())).isEqualTo(NIGHTLY.cutoff());
                assertThat(left.closes().isAfter(from) && left.opens().isBefore(to))
                        .isFalse();
            });
        }
        Optional<Opening> usable = openings.usable(NOW, Optional.empty());
        assertThat(usable)
                .isEqualTo(openings.next(NOW, 9).stream()
                        .filter(opening -> opening.startBefore().isAfter(NOW))
                        .findFirst());
    }
}
