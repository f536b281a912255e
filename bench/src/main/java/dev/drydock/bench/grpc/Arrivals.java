package dev.drydock.bench.grpc;

import dev.drydock.bench.BenchException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a known number of things, of which only so many may be under way at once. The first failure ends the wait.
 * Safe for several threads.
 */
public final class Arrivals {
    private final String what;
    private final int expected;
    private final Semaphore underWay;
    private final CountDownLatch missing;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param what for the error message, in the plural: "connections"
     * @param atOnce how many may be under way
     */
    public Arrivals(String what, int expected, int atOnce) {
        this.what = what;
        this.expected = expected;
        this.underWay = new Semaphore(atOnce);
        this.missing = new CountDownLatch(expected);
    }

    /** Waits until one more may start. */
    public void admit(Duration timeout) throws InterruptedException {
        if (!underWay.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw incomplete(timeout);
        }
        throwFailure();
    }

    /** Call once for each thing that came. */
    public void arrived() {
        missing.countDown();
        underWay.release();
    }

    /** Ends the wait; only the first call counts, and none after all have arrived. */
    public void failed(Throwable cause) {
        if (missing.getCount() > 0 && failure.compareAndSet(null, cause)) {
            for (int i = 0; i < expected; i++) {
                missing.countDown();
            }
            underWay.release(expected);
        }
    }

    /** @throws BenchException when not all have come in time, or one failed */
    public void await(Duration timeout) throws InterruptedException {
        if (!missing.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw incomplete(timeout);
        }
        throwFailure();
    }

    private void throwFailure() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new BenchException("one of " + expected + " " + what + " failed: " + cause.getMessage(), cause);
        }
    }

    private BenchException incomplete(Duration timeout) {
        return new BenchException(
                "%d of %d %s missing after %d s".formatted(missing.getCount(), expected, what, timeout.toSeconds()));
    }
}
