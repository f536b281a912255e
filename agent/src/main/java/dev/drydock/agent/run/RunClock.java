package dev.drydock.agent.run;

import dev.drydock.agent.action.StepContext.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time of one run: what time it is is settled once, when the run is accepted or resumed, and counted on by the monotonic
 * clock from there, so that a jump of the wall clock moves no deadline.
 */
final class RunClock {
    private final TimeSource source;
    private final Instant anchor;
    private final long anchorNanos;

    private RunClock(TimeSource source, Instant anchor) {
        this.source = source;
        this.anchor = anchor;
        this.anchorNanos = source.nanos();
    }

    static RunClock startingAt(Instant now, TimeSource source) {
        return new RunClock(source, now);
    }

    /**
     * For a run that goes on.
     *
     * @param lastKnown what is on record already; a clock that was set back over a restart does not give time back
     */
    static RunClock resumed(Optional<ClockFile> file, String bootId, Instant lastKnown, TimeSource source) {
        Instant now =
                file.flatMap(clock -> clock.now(bootId, source.sinceBoot())).orElseGet(source::wall);
        return new RunClock(source, now.isBefore(lastKnown) ? lastKnown : now);
    }

    /** What {@link #resumed} needs after the agent has died; empty where the host does not know its time since boot. */
    Optional<ClockFile> file(String bootId) {
        return source.sinceBoot().map(sinceBoot -> new ClockFile(bootId, sinceBoot, now()));
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
