package dev.drydock.controller.api;

import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The answers that are still going on: they are looked after now and then, and end when the controller stops. */
public final class OpenStreams implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(250);

    /** What a client reads when the controller stops. */
    static final Status STOPPING = Status.UNAVAILABLE.withDescription(
            "The controller is stopping. What runs on hosts goes on; call again when it is back.");

    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("api-stream-", 0).factory());
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("api-ticker").factory());
    private volatile boolean stopping;

    public OpenStreams() {
        ticker.scheduleWithFixedDelay(
                () -> open.forEach(OpenStream::wake), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    Executor workers() {
        return workers;
    }

    void add(OpenStream stream) {
        open.add(stream);
        if (stopping) {
            stream.stop();
        }
    }

    void remove(OpenStream stream) {
        open.remove(stream);
    }

    /** Ends them all; those that come later end at once. */
    void stop() {
        stopping = true;
        open.forEach(OpenStream::stop);
    }

    @Override
    public void close() {
        stop();
        ticker.shutdownNow();
        workers.close();
    }
}
