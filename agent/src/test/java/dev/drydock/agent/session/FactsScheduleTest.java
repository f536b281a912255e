package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactsScheduleTest {
    private static final Duration LOOK = Duration.ofMinutes(5);
    private static final Duration REFRESH = Duration.ofHours(6);

    private final FactsSchedule schedule = new FactsSchedule(LOOK, REFRESH, new Random(3), Duration.ZERO);

    @Test
    void looksAtOnceAndThenFromTimeToTime() {
        assertThat(schedule.untilNext(Duration.ZERO)).isZero();
        assertThat(schedule.take(Duration.ZERO, false)).isFalse();
        assertThat(schedule.untilNext(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void refreshesListsWithinTheFirstIntervalAndAboutOnceAnInterval() {
        int refreshes = 0;
        boolean inTheFirst = false;
        for (Duration now = Duration.ZERO; now.compareTo(REFRESH.multipliedBy(100)) < 0; now = now.plus(LOOK)) {
            if (schedule.take(now, false)) {
                refreshes++;
                inTheFirst |= now.compareTo(REFRESH.plus(LOOK)) <= 0;
            }
        }
        assertThat(inTheFirst).isTrue();
        assertThat(refreshes).isBetween(80, 120);
    }

    @Test
    void looksSoonWhenAsked() {
        schedule.take(Duration.ZERO, false);
        schedule.ask(false);
        assertThat(schedule.untilNext(Duration.ofSeconds(1))).isZero();
        assertThat(schedule.take(Duration.ofSeconds(1), false)).isFalse();
        assertThat(schedule.untilNext(Duration.ofSeconds(1))).isEqualTo(LOOK);
    }

    @Test
    void aRefreshWaitsForARunToEndAndIsNotForgotten() {
        schedule.ask(true);
        assertThat(schedule.take(Duration.ZERO, true)).isFalse();
        schedule.ask(false);
        assertThat(schedule.take(Duration.ofSeconds(1), false)).isTrue();
    }
}
