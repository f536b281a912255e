package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every transition of every zone from 2025 to 2035, and windows before, at the edges of, in and after each gap and overlap: they
 * open when RFC 5545 section 3.3.5 says, once a day, for their whole length, and subscribers are told the same.
 */
class DaylightSavingTest {
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2036-01-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofMinutes(50);
    private static final Duration CUTOFF = Duration.ofMinutes(20);

    @Test
    void everyTransitionOfEveryZone() {
        int zones = 0;
        int transitions = 0;
        int gaps = 0;
        int windows = 0;
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            List<ZoneOffsetTransition> all = transitions(zone);
            zones++;
            transitions += all.size();
            for (ZoneOffsetTransition transition : all) {
                gaps += transition.isGap() ? 1 : 0;
                for (LocalDateTime local : around(transition)) {
                    checkDaily(zone, transition, local);
                    checkOnce(zone, transition, local);
                    windows += 2;
                }
            }
        }
        System.out.println(
                zones + " zones, " + transitions + " transitions, " + gaps + " of them gaps, " + windows + " windows");
        assertThat(zones).isGreaterThan(550);
        assertThat(transitions).isGreaterThan(4_000);
    }

    private static List<ZoneOffsetTransition> transitions(ZoneId zone) {
        List<ZoneOffsetTransition> all = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules().nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(TO)) {
            all.add(next);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return all;
    }

    /** A day and a minute before, the edges, the inside, a minute and a day after: by the clock on the wall. */
    private static List<LocalDateTime> around(ZoneOffsetTransition transition) {
        LocalDateTime before = transition.getDateTimeBefore();
        LocalDateTime after = transition.getDateTimeAfter();
        LocalDateTime first = before.isBefore(after) ? before : after;
        LocalDateTime last = before.isBefore(after) ? after : before;
        LocalDateTime middle = first.plus(Duration.between(first, last).dividedBy(2));
        return List.of(
                first.minusDays(1),
                first.minusMinutes(1),
                first,
                middle,
                last.minusMinutes(1),
                last,
                last.plusMinutes(1),
                last.plusDays(1));
    }

    /** The RFC's words, without the class under test: in a gap and an overlap alike the offset is the one before. */
    private static Instant meant(LocalDateTime local, ZoneId zone, ZoneOffsetTransition transition) {
        LocalDateTime before = transition.getDateTimeBefore();
        LocalDateTime after = transition.getDateTimeAfter();
        boolean gap = !local.isBefore(before) && local.isBefore(after);
        boolean overlap = !local.isBefore(after) && local.isBefore(before);
        if (gap || overlap) {
            return local.toInstant(transition.getOffsetBefore());
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return local.toInstant(
                offsets.isEmpty() ? zone.getRules().getTransition(local).getOffsetBefore() : offsets.getFirst());
    }

    private static void checkDaily(ZoneId zone, ZoneOffsetTransition transition, LocalDateTime local) {
        LocalDateTime start = local.minusDays(2);
        Window window = window("FREQ=DAILY", start, zone);
        List<Opening> openings = new Openings(window).next(meant(start, zone, transition), 5);

        List<Instant> expected = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            expected.add(meant(start.plusDays(day), zone, transition));
        }
        assertThat(openings)
                .as("%s %s at %s", zone, transition, local)
                .extracting(Opening::opens)
                .isEqualTo(expected);
        for (int i = 0; i < openings.size(); i++) {
            Opening opening = openings.get(i);
            assertThat(opening.closes()).isEqualTo(opening.opens().plus(LENGTH));
            assertThat(opening.startBefore()).isEqualTo(opening.closes().minus(CUTOFF));
            assertThat(i == 0 || !opening.opens().isBefore(openings.get(i - 1).closes()))
                    .isTrue();
        }
        boolean lost = zone.getRules().getValidOffsets(local).isEmpty();
        if (lost && !zone.getRules().getValidOffsets(local.minusMinutes(1)).isEmpty()) {
            checkExport(window, openings);
        }
    }

    private static void checkExport(Window window, List<Opening> openings) {
        String exported = WindowCalendar.of(
                "test", List.of(window), Blackouts.NONE, openings.get(2).opens());
        for (Opening opening : openings) {
            assertThat(exported)
                    .contains("DTSTART:"
                            + opening.opens().toString().replace("-", "").replace(":", ""));
        }
    }

    private static void checkOnce(ZoneId zone, ZoneOffsetTransition transition, LocalDateTime local) {
        assertThat(new Openings(window("", local, zone)).next(FROM.minus(Duration.ofDays(9)), 3))
                .as("%s once at %s", zone, local)
                .extracting(Opening::opens)
                .containsExactly(meant(local, zone, transition));
    }

    private static Window window(String rule, LocalDateTime start, ZoneId zone) {
        return new Window(
                "test",
                rule.isEmpty() ? Optional.empty() : Optional.of(rule),
                start,
                zone,
                LENGTH,
                CUTOFF,
                Window.DEFAULT_RESERVE);
    }
}
