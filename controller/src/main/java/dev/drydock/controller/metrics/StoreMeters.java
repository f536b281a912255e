package dev.drydock.controller.metrics;

import dev.drydock.controller.store.CommitListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** The one writer of the store. */
public final class StoreMeters implements CommitListener {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Timer commits;
    private final Counter writes;
    private final Counter failed;

    /** @param waiting writes whose commit has not begun */
    public StoreMeters(Registry registry, IntSupplier waiting) {
        MeterRegistry meters = registry.meters();
        Gauge.builder("drydock.store.waiting.writes", waiting::getAsInt)
                .description("Writes that wait for their commit to begin.")
                .register(meters);
        commits = Timer.builder("drydock.store.commit.duration")
                .description("A group of writes, from its first statement until it is on disk.")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        writes = Counter.builder("drydock.store.committed.writes")
                .description("Writes that are on disk.")
                .register(meters);
        failed = Counter.builder("drydock.store.commits.failed")
                .description("Groups of writes of which nothing is on disk: a full disk, or worse.")
                .register(meters);
    }

    @Override
    public void commitEnded(int number, Duration took, boolean committed) {
        if (committed) {
            commits.record(took);
            writes.increment(number);
        } else {
            failed.increment();
        }
    }
}
