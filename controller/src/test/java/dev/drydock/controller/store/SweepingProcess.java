package dev.drydock.controller.store;

import dev.drydock.controller.retention.Keep;
import dev.drydock.controller.retention.Retention;
import dev.drydock.controller.run.Runs;
import java.nio.file.Path;
import java.time.Duration;

/** Deletes what is old in a database, for a test that kills it meanwhile; prints a line for each piece that is on its way. */
final class SweepingProcess {
    private SweepingProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
            SqlPast past = new SqlPast(store, store::compact);
            new Retention(
                            past,
                            System.out::println,
                            new Keep(Duration.ofDays(30), Duration.ZERO),
                            () -> Runs.NOON.plus(Duration.ofDays(100)),
                            System::nanoTime)
                    .sweep();
        }
    }
}
