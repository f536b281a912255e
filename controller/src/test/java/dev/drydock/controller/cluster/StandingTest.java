package dev.drydock.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StandingTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Standing standing = new Standing(nanos::get);

    private record Fixed(boolean alive, boolean ready, int agents) implements Standing.Leading {}

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void isNotReadyBeforeItKnowsWhoLeads() {
        assertThat(standing.alive()).isTrue();
        assertThat(standing.ready()).isFalse();
        standing.follows(0, 0, false);
        assertThat(standing.ready()).isFalse();
        standing.follows(3, 0, true);
        assertThat(standing.ready()).isTrue();
        assertThat(standing.leads()).isFalse();
        assertThat(standing.term()).isEqualTo(3);
    }

    @Test
    void believesForAWhileWhatTheDatabaseSaidLast() {
        standing.follows(3, 5, true);
        pass(Standing.DARK.minusMillis(1));
        standing.unheard(5, true);
        assertThat(standing.ready()).isTrue();
        assertThat(standing.agents()).isEqualTo(5);
        pass(Duration.ofMillis(1));
        assertThat(standing.ready()).isFalse();
        assertThat(standing.alive()).isTrue();
        assertThat(standing.unheardFor()).isEqualTo(Standing.DARK);
    }

    @Test
    void whoDoesNotListenIsNotReadyThoughItKnowsWhoLeads() {
        standing.follows(3, 0, false);
        assertThat(standing.ready()).isFalse();
    }

    @Test
    void isDeadWhenItsThreadTurnsNoMoreButNotWhileItBecomesTheLeader() {
        standing.follows(3, 0, true);
        pass(Standing.STUCK);
        assertThat(standing.alive()).isFalse();
        standing.starts(4);
        pass(Standing.STUCK.multipliedBy(10));
        assertThat(standing.alive()).isTrue();
        assertThat(standing.ready()).isFalse();
        standing.leads(4, new Fixed(true, true, 7));
        pass(Standing.STUCK);
        assertThat(standing.alive()).isFalse();
        standing.turn();
        assertThat(standing.alive()).isTrue();
    }

    @Test
    void aLeaderIsWhatItSaysOfItself() {
        standing.leads(4, new Fixed(true, false, 7));
        assertThat(standing.leads()).isTrue();
        assertThat(standing.alive()).isTrue();
        assertThat(standing.ready()).isFalse();
        assertThat(standing.agents()).isEqualTo(7);
        assertThat(standing.unheardFor()).isZero();
        standing.leads(4, new Fixed(false, true, 7));
        assertThat(standing.alive()).isFalse();
        assertThat(standing.ready()).isTrue();
    }
}
