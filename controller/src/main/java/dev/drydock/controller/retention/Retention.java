package dev.drydock.controller.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than is kept, once an hour, in small writes among those of everybody else. A write that took long is followed
 * by a smaller one, and each by a pause that is as long as several of it: whoever wants to write meanwhile waits for one of them at most.
 */
public final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofMillis(10);
    private static final int PAUSES = 3;
    private static final int MOST = 200;
    private static final int FEWEST = 4;

    private final PastStore past;
    private final Consumer<String> output;
    private final Keep keep;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("retention").factory());
    private int size = FEWEST;

    /** @param output deletes that of a run, by the run's id */
    public Retention(PastStore past, Consumer<String> output, Keep keep, InstantSource clock, LongSupplier nanos) {
        this.past = past;
        this.output = output;
        this.keep = keep;
        this.clock = clock;
        this.nanos = nanos;
    }

    public void start() {
        var unused =
                timer.scheduleWithFixedDelay(this::guarded, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            Swept swept = sweep();
            if (swept.runs() + swept.others() > 0) {
                log.info(
                        "{} runs and {} other entries were older than is kept and are deleted",
                        swept.runs(),
                        swept.others());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("what is older than is kept could not be deleted; again in {} min", EVERY.toMinutes(), e);
        }
    }

    /** @param others lines of rollouts, and notifications */
    public record Swept(int runs, int others) {}

    /** Deletes all that is too old now. For one thread. */
    public Swept sweep() throws InterruptedException {
        int runs = 0;
        int others = 0;
        if (!keep.runs().isZero()) {
            Instant before = clock.instant().minus(keep.runs());
            runs = runs(before);
            others += all(most -> past.deleteRollouts(before, most));
        }
        if (!keep.notifications().isZero()) {
            Instant before = clock.instant().minus(keep.notifications());
            others += all(most -> past.deleteNotifications(before, most));
        }
        while (paced(past::compact)) {
            log.trace("giving space back");
        }
        return new Swept(runs, others);
    }

    private int runs(Instant before) throws InterruptedException {
        int deleted = 0;
        Optional<PastStore.Place> at = Optional.of(PastStore.Place.BEGIN);
        while (at.isPresent()) {
            PastStore.Old old = past.oldRuns(before, at.get(), size);
            // First: of a run that is still there after a crash the rest goes the next time.
            old.runs().forEach(output);
            List<String> some = old.runs();
            deleted += some.isEmpty() ? 0 : paced(() -> past.deleteRuns(some));
            at = old.next();
        }
        return deleted;
    }

    private int all(IntFunction<CompletableFuture<Integer>> delete) throws InterruptedException {
        int deleted = 0;
        int now = paced(() -> delete.apply(size));
        while (now > 0) {
            deleted += now;
            now = paced(() -> delete.apply(size));
        }
        return deleted;
    }

    private <T> T paced(java.util.function.Supplier<CompletableFuture<T>> write) throws InterruptedException {
        long begun = nanos.getAsLong();
        T done = write.get().join();
        Duration took = Duration.ofNanos(nanos.getAsLong() - begun);
        size = took.compareTo(LONG) > 0 ? Math.max(FEWEST, size / 2) : Math.min(MOST, size + FEWEST);
        TimeUnit.NANOSECONDS.sleep(
                Math.min(took.toNanos() * PAUSES, Duration.ofSeconds(1).toNanos()));
        return done;
    }

    /** What is left is deleted after the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
