package dev.drydock.controller.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All calls whose answers go on. Looks after them every few seconds, so that one that has nothing to tell ends as well when what
 * let its caller in is no more. Thread-safe.
 */
public final class LastingCalls {
    private static final Logger log = LoggerFactory.getLogger(LastingCalls.class);

    /** Of {@link OpenStreams}: about two seconds. */
    private static final int TICKS = 8;

    private final Set<LastingCall<?, ?>> calls = ConcurrentHashMap.newKeySet();

    void add(LastingCall<?, ?> call) {
        calls.add(call);
    }

    void remove(LastingCall<?, ?> call) {
        calls.remove(call);
    }

    private void look() {
        try {
            calls.forEach(LastingCall::look);
        } catch (RuntimeException e) {
            // As with a database that is busy; before each message it is looked again, and then the call would fail.
            log.warn("cannot look whether streams may go on; trying again", e);
        }
    }

    /** What is to be woken at each tick for that. */
    OpenStream watch(Executor workers) {
        Pump pump = new Pump(workers, this::look);
        return new OpenStream() {
            private int ticks;

            /** Called by one thread. */
            @Override
            public void wake() {
                ticks = (ticks + 1) % TICKS;
                if (ticks == 0) {
                    pump.wake();
                }
            }

            @Override
            public void stop() {
                // The streams end by themselves.
            }
        };
    }
}
