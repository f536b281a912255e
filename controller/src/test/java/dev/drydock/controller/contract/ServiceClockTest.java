package dev.drydock.controller.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.contract.ServiceClock.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceClockTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant DUE = NOON.plusSeconds(4 * 3600);

    private static State state(Optional<Instant> due, Optional<Instant> stopped, Instant now) {
        return new ServiceClock(NOON, due, stopped).state(now);
    }

    @Test
    void isMetUntilTheInstantThatItIsDue() {
        assertThat(state(Optional.of(DUE), Optional.empty(), DUE)).isEqualTo(State.RUNNING);
        assertThat(state(Optional.of(DUE), Optional.empty(), DUE.plusNanos(1))).isEqualTo(State.MISSED);
        assertThat(state(Optional.of(DUE), Optional.of(DUE), DUE.plusSeconds(99)))
                .isEqualTo(State.MET);
        assertThat(state(Optional.of(DUE), Optional.of(DUE.plusNanos(1)), DUE.plusSeconds(99)))
                .isEqualTo(State.MISSED);
    }

    @Test
    void withoutAPromiseNothingIsMissed() {
        assertThat(state(Optional.empty(), Optional.empty(), Instant.MAX)).isEqualTo(State.RUNNING);
        assertThat(state(Optional.empty(), Optional.of(NOON), NOON)).isEqualTo(State.STOPPED);
        assertThat(new ServiceClock(NOON, Optional.empty(), Optional.empty()).warnedAt())
                .isEmpty();
    }

    @Test
    void warnsWhenThreeQuartersAreOver() {
        assertThat(new ServiceClock(NOON, Optional.of(DUE), Optional.empty()).warnedAt())
                .contains(NOON.plusSeconds(3 * 3600));
    }
}
