package dev.drydock.controller.agents;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds back those who try tokens: after a number of wrong ones in a while, an address has to wait. Secrets have 256 bits, so
 * this guards the log and the CPU and not the secrets. Of addresses the newest are remembered. Safe for use by several threads.
 */
final class TokenGuard {
    static final int WRONG = 10;
    static final Duration WHILE = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;

    private final Map<String, Attempts> attempts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param nanos of a clock that never jumps */
    synchronized boolean mustWait(String address, long nanos) {
        Attempts before = attempts.get(address);
        return before != null && before.count() >= WRONG && !before.over(nanos);
    }

    synchronized void wrong(String address, long nanos) {
        Attempts before = attempts.get(address);
        attempts.put(
                address,
                before == null || before.over(nanos)
                        ? new Attempts(nanos, 1)
                        : new Attempts(before.since(), before.count() + 1));
    }

    private record Attempts(long since, int count) {
        boolean over(long nanos) {
            return nanos - since >= WHILE.toNanos();
        }
    }
}
