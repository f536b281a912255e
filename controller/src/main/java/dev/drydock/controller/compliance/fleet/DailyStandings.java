package dev.drydock.controller.compliance.fleet;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the fleet every minute, so that clocks start and end when something happens, and keeps how it stands once a day. */
public final class DailyStandings implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DailyStandings.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Standings standings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("compliance").factory());

    public DailyStandings(Standings standings) {
        this.standings = standings;
    }

    /** @param first is done before all else, so that whoever asks first need not wait for it */
    public void start(Runnable first) {
        timer.execute(() -> {
            try {
                first.run();
            } catch (RuntimeException e) {
                log.warn("what reports need was not read ahead: {}", e.getMessage());
            }
        });
        var unused =
                timer.scheduleWithFixedDelay(this::guarded, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            standings.refresh();
            standings.keepToday();
        } catch (RuntimeException e) {
            log.error("how the fleet stands could not be kept; again in {} s", LOOK.toSeconds(), e);
        }
    }

    /** What is missing of a day is made up by the next controller of that day. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
