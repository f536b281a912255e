package dev.drydock.bench.history;

import dev.drydock.bench.report.Figure;
import dev.drydock.controller.retention.Keep;
import dev.drydock.controller.retention.Retention;
import dev.drydock.controller.store.SqlPast;
import dev.drydock.controller.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long somebody else's small write waits while old runs are deleted, beside one that waits for nobody. */
final class Sweeping {
    /** The first connects the writer. */
    private static final int WARM = 20;

    private static final Duration ALONE = Duration.ofSeconds(10);

    /** It goes slowly on purpose. */
    private static final Duration MOST = Duration.ofMinutes(2);

    private Sweeping() {}

    /** @param old how long ago the oldest rollout was, of which all runs are deleted */
    static List<Figure> measure(Path database, Instant now, Duration old) throws InterruptedException {
        try (SqliteStore store = SqliteStore.open(database)) {
            for (int i = 0; i < WARM; i++) {
                var unused = write(store);
            }
            List<Double> alone = new ArrayList<>();
            long end = System.nanoTime() + ALONE.toNanos();
            while (System.nanoTime() < end) {
                alone.add(write(store));
            }
            List<Double> meanwhile = new ArrayList<>();
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    meanwhile.add(write(store));
                }
            });
            long begun = System.nanoTime();
            int before = runs(store);
            Retention retention = new Retention(
                    new SqlPast(store, store::compact),
                    run -> {},
                    new Keep(old, Duration.ZERO),
                    () -> now,
                    System::nanoTime);
            Thread sweeper = Thread.ofPlatform().start(() -> {
                try {
                    retention.sweep();
                } catch (InterruptedException e) {
                    // Enough was seen of it.
                    Thread.currentThread().interrupt();
                }
            });
            sweeper.join(MOST);
            sweeper.interrupt();
            sweeper.join();
            retention.close();
            int swept = before - runs(store);
            double seconds = (System.nanoTime() - begun) / 1e9;
            done.set(true);
            writer.join();
            alone.sort(Double::compare);
            meanwhile.sort(Double::compare);
            return List.of(
                    new Figure("write_alone_p99_ms", "a small write alone, p99", at(alone, 0.99), "ms"),
                    new Figure("write_alone_longest_ms", "a small write alone, the longest", alone.getLast(), "ms"),
                    new Figure(
                            "write_sweeping_p99_ms", "a small write during retention, p99", at(meanwhile, 0.99), "ms"),
                    new Figure(
                            "write_sweeping_longest_ms",
                            "a small write during retention, the longest of " + meanwhile.size(),
                            meanwhile.getLast(),
                            "ms"),
                    new Figure("deleted_runs", "runs deleted meanwhile", swept, ""),
                    new Figure("deleted_runs_per_s", "runs deleted", swept / seconds, "/s"));
        }
    }

    private static int runs(SqliteStore store) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM runs")
                .mapTo(Integer.class)
                .one());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(sorted.size() * share) - 1);
    }

    private static double write(SqliteStore store) {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long begun = System.nanoTime();
        var unused = store.probe().join();
        return (System.nanoTime() - begun) / 1e6;
    }
}
