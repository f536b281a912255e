package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.testing.FakeRuns;
import dev.drydock.proto.agent.v1.Ack;
import org.junit.jupiter.api.Test;

class RunWatchTest {
    private final FakeRuns runs = new FakeRuns();
    private final RunWatch watch = new RunWatch(runs);

    @Test
    void tellsOnceThatARunEnded() {
        runs.append("a", 3);
        assertThat(watch.look()).isFalse();
        assertThat(watch.active()).containsExactly("a");
        runs.end("a");
        assertThat(watch.active()).isEmpty();
        assertThat(watch.look()).isTrue();
        assertThat(watch.look()).isFalse();
    }

    @Test
    void noticesARunThatEndedAndWasDeliveredBetweenTwoLooks() {
        runs.append("a", 1);
        watch.look();
        runs.end("a");
        runs.acked(Ack.newBuilder().setRunId("a").setSequence(2).build());
        assertThat(watch.look()).isTrue();
        assertThat(watch.active()).isEmpty();
    }
}
