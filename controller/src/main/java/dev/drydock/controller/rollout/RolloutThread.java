package dev.drydock.controller.rollout;

import dev.drydock.controller.health.Pulse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinator's one thread, and a timer that hands to it. Tasks that throw are logged and end no other. */
final class RolloutThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RolloutThread.class);

    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rollouts").factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("rollouts-timer").factory());
    private final Pulse pulse = new Pulse(System::nanoTime);
    private final Map<String, Future<?>> ticks = new HashMap<>();

    RolloutThread() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Runs it there and waits, uninterruptibly.
     *
     * @throws IllegalStateException the coordinator is closed
     */
    <T> T call(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> timed(work), worker).join();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("The controller is shutting down.", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private <T> T timed(Supplier<T> work) {
        pulse.begin();
        try {
            return work.get();
        } finally {
            pulse.end();
        }
    }

    /** Whether it takes work, and has been at no one thing for longer. */
    boolean alive(Duration patience) {
        return !worker.isShutdown() && pulse.busyFor().compareTo(patience) <= 0;
    }

    /** Dropped after {@link #close}: what is on record is taken up by the next start. */
    void soon(String what, Runnable task) {
        try {
            worker.execute(() -> run(what, task));
        } catch (RejectedExecutionException e) {
            log.debug("closed; {} is dropped", what, e);
        }
    }

    void in(Duration delay, String what, Runnable task) {
        try {
            timer.schedule(() -> soon(what, task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("closed; {} is dropped", what, e);
        }
    }

    /** The next round begins its wait when the one before is done, so that slow rounds do not pile up. */
    void every(Duration period, String what, Runnable task) {
        in(period, what, () -> {
            try {
                task.run();
            } finally {
                every(period, what, task);
            }
        });
    }

    /** Replaces an earlier one of the same rollout. To be called by this thread. */
    void at(String rolloutId, Duration delay, Runnable tick) {
        // A millisecond more: the timer counts whole ones, and a tick before its time would change nothing.
        noMoreTicks(rolloutId);
        try {
            ticks.put(
                    rolloutId,
                    timer.schedule(
                            () -> soon("a tick", tick), Math.max(0, delay.toMillis()) + 1, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            log.debug("closed; a tick is dropped", e);
        }
    }

    /** To be called by this thread. */
    void noMoreTicks(String rolloutId) {
        Future<?> last = ticks.remove(rolloutId);
        if (last != null) {
            last.cancel(false);
        }
    }

    private void run(String what, Runnable task) {
        pulse.begin();
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("{} failed", what, e);
        } finally {
            pulse.end();
        }
    }

    /** Does what was handed over, then ends. */
    @Override
    public void close() {
        timer.shutdownNow();
        worker.close();
    }
}
