package dev.drydock.agent.session;

import dev.drydock.agent.run.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Now, by both clocks.
 *
 * @param wall for people and for the controller; may jump
 * @param monotonic since an arbitrary origin, for everything that is waited for
 */
record Moment(Instant wall, Duration monotonic) {
    static Moment of(TimeSource time) {
        return new Moment(time.wall(), Duration.ofNanos(time.nanos()));
    }
}
