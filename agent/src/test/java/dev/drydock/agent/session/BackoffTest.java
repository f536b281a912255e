package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** The longest waits: randomness that is always almost one. */
    private static final RandomGenerator HIGH = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public double nextDouble() {
            return 0.999_999;
        }
    };

    @Test
    void doublesUpToABound() {
        Backoff backoff = new Backoff(HIGH);
        List<Long> seconds = Stream.generate(() -> backoff.next(Duration.ZERO))
                .limit(40)
                .map(wait -> Math.round(wait.toMillis() / 1000.0))
                .toList();
        assertThat(seconds)
                .startsWith(1L, 2L, 4L, 8L, 16L, 32L, 64L, 120L, 120L)
                .endsWith(120L);
    }

    @Test
    void aConnectionThatLastedMakesTheNextWaitShortAgainAndABriefOneDoesNot() {
        Backoff backoff = new Backoff(HIGH);
        for (int i = 0; i < 5; i++) {
            backoff.next(Duration.ZERO);
        }
        assertThat(backoff.next(Duration.ofSeconds(29))).isGreaterThan(Duration.ofSeconds(20));
        assertThat(backoff.next(Backoff.STABLE)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void noTwoHostsWaitAlike() {
        List<Duration> waits = Stream.iterate(1, seed -> seed + 1)
                .limit(100)
                .map(seed -> new Backoff(new SplittableRandom(seed)).next(Duration.ZERO))
                .toList();
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
        assertThat(waits.stream().distinct().count()).isGreaterThan(50);
    }

    @Test
    void waitsAtLeastAsLongAsAskedButNotForDays() {
        Backoff backoff = new Backoff(new Random(1));
        assertThat(backoff.asked(Duration.ofSeconds(20))).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(backoff.asked(Duration.ofDays(9))).isLessThanOrEqualTo(Duration.ofMinutes(90));
        assertThat(backoff.asked(Duration.ofSeconds(-5))).isZero();
    }
}
