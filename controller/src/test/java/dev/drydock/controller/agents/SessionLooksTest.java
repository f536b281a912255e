package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SessionLooksTest {
    private static final long PATIENCE = Duration.ofSeconds(90).toNanos();
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.EPOCH;

    /** A stream that speaks until it falls silent. */
    private static final class Stream implements SessionLooks.Watched {
        private long heard;
        private long noticed;
        private int looks;
        private int asked;

        @Override
        public long look(long nanos, Instant now) {
            looks++;
            long left = heard + PATIENCE - nanos;
            if (left >= 0) {
                return Math.max(1, left);
            }
            noticed = nanos;
            return 0;
        }

        @Override
        public void offerAgain() {
            asked++;
        }
    }

    /** Whatever streams say when, and wherever the clock stands. */
    @Property(tries = 200)
    void everySilenceIsNoticedInTimeAndNobodyIsLookedAtWithoutNeed(
            @ForAll long origin, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int streams) {
        Random random = new Random(seed);
        long start = origin / 2; // no clock passes the largest number while anybody watches
        SessionLooks looks = new SessionLooks(start, PERIOD);
        List<Stream> all = new ArrayList<>();
        long[] silentFrom = new long[streams];
        for (int i = 0; i < streams; i++) {
            Stream stream = new Stream();
            stream.heard = start;
            silentFrom[i] = start + random.nextLong(Duration.ofMinutes(10).toNanos());
            all.add(stream);
            looks.arrived(stream);
        }
        long end = start + Duration.ofMinutes(13).toNanos();
        long late = 0;
        for (long now = start; now < end; ) {
            long step = PERIOD.toNanos() + random.nextLong(PERIOD.toNanos() / 10);
            late = Math.max(late, step);
            now += step;
            for (int i = 0; i < streams; i++) {
                Stream stream = all.get(i);
                if (stream.noticed == 0) {
                    stream.heard = Math.max(stream.heard, Math.min(now - random.nextLong(step), silentFrom[i]));
                }
            }
            looks.look(now, NOW);
        }
        for (Stream stream : all) {
            long waited = stream.noticed - stream.heard;
            assertThat(waited).isGreaterThan(PATIENCE).isLessThan(PATIENCE + late + PERIOD.toNanos() / 8);
            assertThat(stream.looks).as("of some 150 looks").isLessThan(13);
        }
    }

    @Test
    void whoWaitsForAnAnswerIsAskedOnceForEachTimeItWasSaid() {
        SessionLooks looks = new SessionLooks(0, PERIOD);
        Stream stream = new Stream();
        looks.offering(stream);
        looks.offering(stream);
        looks.look(1, NOW);
        looks.look(2, NOW);
        assertThat(stream.asked).isEqualTo(1);
        looks.offering(stream);
        looks.look(3, NOW);
        assertThat(stream.asked).isEqualTo(2);
        assertThat(stream.looks).as("it did not arrive").isZero();
    }

    @Test
    void aClockThatStoodStillForLongMakesUpForItAtOnce() {
        SessionLooks looks = new SessionLooks(0, PERIOD);
        Stream stream = new Stream();
        looks.arrived(stream);
        looks.look(1, NOW);
        looks.look(Duration.ofHours(1).toNanos(), NOW);
        assertThat(stream.noticed).isPositive();
        assertThat(stream.looks).isEqualTo(2);
    }
}
