package dev.drydock.controller.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches calendars of URLs again: every four hours, and after a failure every fifteen minutes. */
public final class CalendarRefresher implements AutoCloseable {
    static final Duration EVERY = Duration.ofHours(4);
    static final Duration AGAIN = Duration.ofMinutes(15);
    private static final Logger log = LoggerFactory.getLogger(CalendarRefresher.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final CalendarLibrary library;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("calendars").factory());

    public CalendarRefresher(CalendarLibrary library, InstantSource clock) {
        this.library = library;
        this.clock = clock;
    }

    /** Begins at once with those that are due. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::refreshDue, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void refreshDue() {
        for (Calendar calendar : library.all()) {
            if (due(calendar, clock.instant())) {
                try {
                    var unused = library.refresh(calendar.name());
                } catch (RuntimeException e) {
                    log.error("calendar {} could not be refreshed", calendar.name(), e);
                }
            }
        }
    }

    static boolean due(Calendar calendar, Instant now) {
        Duration wait = calendar.problem().isEmpty() ? EVERY : AGAIN;
        return calendar.url().isPresent()
                && calendar.triedAt()
                        .filter(last -> !last.isAfter(now) && now.isBefore(last.plus(wait)))
                        .isEmpty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
