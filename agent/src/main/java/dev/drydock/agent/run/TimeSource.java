package dev.drydock.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Time as the engine sees it. Safe for use by several threads. */
public interface TimeSource {
    /** The wall clock, which may jump. */
    Instant wall();

    /** The monotonic clock, in nanoseconds from an arbitrary origin. */
    long nanos();

    /** Time since the host was booted, whatever ran since; empty where that is not known. */
    Optional<Duration> sinceBoot();

    /** Waits until that time has passed or something is in the inbox, whichever is first. */
    void await(Duration duration, Inbox inbox) throws InterruptedException;

    /** The machine's clocks. */
    static TimeSource system() {
        return new TimeSource() {
            @Override
            public Instant wall() {
                return java.time.Clock.systemUTC().instant();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Optional<Duration> sinceBoot() {
                return Uptime.read();
            }

            @Override
            public void await(Duration duration, Inbox inbox) throws InterruptedException {
                boolean unused = inbox.await(duration);
            }
        };
    }
}
