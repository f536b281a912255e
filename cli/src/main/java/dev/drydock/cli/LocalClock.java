package dev.drydock.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The time, and this machine's zone: read when somebody asks for it, since Java looks for zones in every jar. */
final class LocalClock extends Clock {
    private final Clock clock = Clock.systemUTC();

    @Override
    public ZoneId getZone() {
        return ZoneId.systemDefault();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long millis() {
        return clock.millis();
    }
}
