package dev.drydock.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Time that passes when a test says so. Safe for use by several threads. */
final class ManualTime implements TimeSource {
    static final Instant START = Instant.parse("2026-11-24T01:00:00Z");

    private Duration passed = Duration.ZERO;
    private Duration wallIsOff = Duration.ZERO;

    synchronized void pass(Duration duration) {
        passed = passed.plus(duration);
    }

    synchronized void setWallOff(Duration off) {
        wallIsOff = off;
    }

    @Override
    public synchronized Instant wall() {
        return START.plus(passed).plus(wallIsOff);
    }

    @Override
    public synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public synchronized Optional<Duration> sinceBoot() {
        return Optional.of(passed);
    }

    @Override
    public void await(Duration duration, Inbox inbox) throws InterruptedException {
        long end = nanos() + duration.toNanos();
        boolean came = false;
        while (!came && nanos() < end) {
            came = inbox.await(Duration.ofMillis(2));
        }
    }
}
