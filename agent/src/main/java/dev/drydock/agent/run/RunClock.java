package dev.drydock.agent.run;

import dev.drydock.agent.action.StepContext.TimeLeft;
import java.time.Duration;
import java.time.Instant;

/**
 * The time of one run: the wall clock is read once, when the run is offered or resumed, and counted on by the monotonic
 * clock from there, so that a jump of the wall clock moves no deadline.
 */
final class RunClock {
    private final TimeSource source;
    private final Instant anchor;
    private final long anchorNanos;

    /** @param notBefore what is on record already; a clock that was set back over a restart does not give time back */
    RunClock(TimeSource source, Instant notBefore) {
        this.source = source;
        Instant wall = source.wall();
        this.anchor = wall.isBefore(notBefore) ? notBefore : wall;
        this.anchorNanos = source.nanos();
    }

    Instant now() {
        return anchor.plusNanos(source.nanos() - anchorNanos);
    }

    void awaitUntil(Instant instant, Inbox inbox) throws InterruptedException {
        Duration left = Duration.between(now(), instant);
        if (left.isPositive()) {
            source.await(left, inbox);
        }
    }

    TimeLeft countdown(Duration duration) {
        long start = source.nanos();
        return () -> {
            Duration left = duration.minusNanos(source.nanos() - start);
            return left.isNegative() ? Duration.ZERO : left;
        };
    }
}
