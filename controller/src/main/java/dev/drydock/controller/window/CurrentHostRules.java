package dev.drydock.controller.window;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The rules of the windows that there are; made anew when those change, and every day since they look a year ahead. Thread-safe. */
public final class CurrentHostRules implements HostRules.Source {
    private static final Duration GOOD_FOR = Duration.ofDays(1);

    private final Windows windows;
    private final InstantSource clock;
    private List<Window> of = List.of();
    private Instant madeAt = Instant.EPOCH;
    private HostRules rules = new HostRules(List.of(), Instant.EPOCH);

    public CurrentHostRules(Windows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
    }

    @Override
    public synchronized HostRules get() {
        List<Window> now = windows.list();
        Instant at = clock.instant();
        if (!now.equals(of) || at.isBefore(madeAt) || at.isAfter(madeAt.plus(GOOD_FOR))) {
            rules = new HostRules(now, at);
            of = now;
            madeAt = at;
        }
        return rules;
    }
}
