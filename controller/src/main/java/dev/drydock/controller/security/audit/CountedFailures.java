package dev.drydock.controller.security.audit;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has failures that repeat put on record when they were counted long enough, and all of them at the end. */
public final class CountedFailures implements AutoCloseable {
    private static final long LOOK_SECONDS = 30;

    private final AuditRecorder recorder;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit-ticker").factory());

    public CountedFailures(AuditRecorder recorder) {
        this.recorder = recorder;
    }

    public void start() {
        ticker.scheduleWithFixedDelay(recorder::recordCounted, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        ticker.close();
        recorder.recordAllCounted();
    }
}
