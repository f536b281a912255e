package dev.drydock.controller.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One of an incident's two clocks.
 *
 * @param due empty: nothing is promised
 * @param stopped empty: it runs
 */
public record ServiceClock(Instant started, Optional<Instant> due, Optional<Instant> stopped) {
    private static final int WARNED_QUARTERS = 3;

    /** How it stands. */
    public enum State {
        RUNNING,
        MET,
        MISSED,
        /** Nothing was promised. */
        STOPPED
    }

    public State state(Instant now) {
        if (due.isEmpty()) {
            return stopped.isPresent() ? State.STOPPED : State.RUNNING;
        }
        if (stopped.orElse(now).isAfter(due.get())) {
            return State.MISSED;
        }
        return stopped.isPresent() ? State.MET : State.RUNNING;
    }

    /** When three quarters of its time are over. */
    public Optional<Instant> warnedAt() {
        return due.map(
                end -> started.plus(Duration.between(started, end).dividedBy(4).multipliedBy(WARNED_QUARTERS)));
    }
}
