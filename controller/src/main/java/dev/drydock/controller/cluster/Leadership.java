package dev.drydock.controller.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One term of this controller as leader. It renews the lease until it may not, or until the lease has run out by this machine's own clock,
 * counted from before each renewal was asked for: so it is over here before anybody else can take over.
 */
public final class Leadership implements Fence, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private final Leases leases;
    private final long epoch;
    private final Duration lease;
    private final LongSupplier nanos;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lease").daemon().factory());
    private volatile long end;
    private volatile boolean deposed;

    /** @param asked by that clock, before the lease was taken */
    public Leadership(Leases leases, long epoch, Duration lease, LongSupplier nanos, long asked) {
        this.leases = leases;
        this.epoch = epoch;
        this.lease = lease;
        this.nanos = nanos;
        this.end = asked + lease.toNanos();
    }

    public Leadership start(Duration every) {
        renewing.scheduleWithFixedDelay(this::renew, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
        return this;
    }

    void renew() {
        long asked = nanos.getAsLong();
        try {
            if (held() && leases.renew(epoch, lease)) {
                end = asked + lease.toNanos();
                return;
            }
            deposed = true;
        } catch (LeaseException e) {
            log.warn("the lease could not be renewed: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("renewing the lease failed", e);
        }
        if (!held()) {
            over.countDown();
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean held() {
        return !deposed && nanos.getAsLong() - end < 0;
    }

    /** @return whether the term is over */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Nothing of this term is written any more, and another may lead. */
    @Override
    public void close() {
        renewing.shutdownNow();
        boolean release = held();
        deposed = true;
        if (release) {
            try {
                leases.release(epoch);
            } catch (LeaseException e) {
                log.warn("the lease could not be given back; it runs out by itself: {}", e.getMessage());
            }
        }
    }
}
