package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.rollout.Forecast.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The window opens at 02:00 for two hours; nothing starts after 03:30. */
class ForecastTest {
    private static final Instant OPENS = Plans.FIRST.opens();

    private static Forecast forecast(int hosts, Strategy strategy, int minutes) {
        return Forecast.of(Plans.plan(hosts, strategy, Plans.NIGHTLY), Duration.ofMinutes(minutes), Plans.BEFORE);
    }

    private static Instant at(int minutes) {
        return OPENS.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void wavesFollowEachOtherWithTheSoakBetween() {
        assertThat(forecast(5, Plans.strategy("1", "", "", Duration.ofMinutes(15)), 10)
                        .waves())
                .containsExactly(new Span(1, at(0), at(10), 1), new Span(2, at(25), at(35), 1));
    }

    @Test
    void moreHostsThanMayRunAtOnceTakeTurns() {
        assertThat(forecast(5, Plans.strategy("100%", "2", "", Duration.ZERO), 10)
                        .waves())
                .containsExactly(new Span(1, at(0), at(30), 1));
    }

    @Test
    void hostsOfAClusterTakeTurns() {
        assertThat(forecast(4, Plans.apart(Plans.strategy("100%", "", "", Duration.ZERO)), 10)
                        .waves())
                .containsExactly(new Span(1, at(0), at(20), 1));
    }

    @Test
    void whatDoesNotFitGoesOnInTheNextOpening() {
        int day = 24 * 60;
        assertThat(forecast(5, Plans.strategy("100%", "1", "", Duration.ZERO), 40)
                        .waves())
                .as("at 0, 40 and 80 minutes, then two on the next day")
                .containsExactly(new Span(1, at(0), at(day + 80), 2));
    }

    @Test
    void aWaveThatBeginsAfterTheLastOpeningHasNone() {
        Forecast forecast = Forecast.of(
                Plans.plan(3, Plans.strategy("1", "", "", Duration.ofHours(3)), Plans.ONCE),
                Duration.ofMinutes(10),
                Plans.BEFORE);
        assertThat(forecast.waves()).containsExactly(new Span(1, at(0), at(10), 1));
    }
}
