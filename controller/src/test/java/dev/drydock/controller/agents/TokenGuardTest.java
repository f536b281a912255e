package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokenGuardTest {
    private final TokenGuard guard = new TokenGuard();

    @Test
    void anAddressWaitsAfterTooManyAndTheOthersDoNot() {
        long start = Long.MAX_VALUE - 1_000;
        for (int i = 0; i < TokenGuard.WRONG; i++) {
            assertThat(guard.mustWait("192.0.2.1", start)).isFalse();
            guard.wrong("192.0.2.1", start);
        }
        assertThat(guard.mustWait("192.0.2.1", start)).isTrue();
        assertThat(guard.mustWait("192.0.2.2", start)).isFalse();
        // The clock may begin anywhere and wrap.
        long later = start + TokenGuard.WHILE.toNanos();
        assertThat(guard.mustWait("192.0.2.1", later - 1)).isTrue();
        assertThat(guard.mustWait("192.0.2.1", later)).isFalse();
        guard.wrong("192.0.2.1", later);
        assertThat(guard.mustWait("192.0.2.1", later)).isFalse();
    }

    @Test
    void forgetsTheOldestOfManyAddresses() {
        for (int i = 0; i < TokenGuard.WRONG; i++) {
            guard.wrong("192.0.2.1", 0);
        }
        for (int i = 0; i < 10_000; i++) {
            guard.wrong("10.0." + i / 256 + "." + i % 256, 0);
        }
        assertThat(guard.mustWait("192.0.2.1", 0)).isFalse();
    }
}
