package dev.drydock.controller.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/** For how long a thread has been at the one thing that it does now. Written by that thread, read by any. */
public final class Pulse {
    private static final long IDLE = Long.MIN_VALUE;

    private final LongSupplier nanos;
    private volatile long since = IDLE;

    /** @param nanos a clock that never jumps */
    public Pulse(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The thread begins the next thing. */
    public void begin() {
        long now = nanos.getAsLong();
        since = now == IDLE ? now + 1 : now;
    }

    /** It waits for something to do. */
    public void end() {
        since = IDLE;
    }

    /** Zero while it waits. */
    public Duration busyFor() {
        long began = since;
        return began == IDLE ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - began);
    }
}
