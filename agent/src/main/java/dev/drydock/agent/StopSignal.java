package dev.drydock.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an interrupt of the thread that watches, lets it say goodbye, and has the process end with 0: to
 * be stopped is no failure.
 */
final class StopSignal {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread watching = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean told;

    private StopSignal() {}

    /** For the thread that calls it; until {@link #done}. */
    static StopSignal watch() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop"));
        return signal;
    }

    private void stop() {
        if (done.getCount() == 0) {
            // The program ends by itself, with an exit code of its own.
            return;
        }
        told = true;
        watching.interrupt();
        try {
            if (done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.DONE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is in order. */
    void done() {
        done.countDown();
        if (told) {
            // The interrupt has done its work; what follows shall not trip over it.
            Thread.interrupted();
        }
    }
}
