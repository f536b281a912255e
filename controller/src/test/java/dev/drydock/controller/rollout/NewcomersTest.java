package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts that match the selector only after the rollout was made. */
class NewcomersTest {
    private static final RolloutEvent LATE = new RolloutEvent.HostsMatch(List.of(new Candidate("h-9", "host-9", "")));

    private static Story story(String waves) {
        return new Story(Plans.plan(3, Plans.strategy(waves, "", "50%", Duration.ZERO), Plans.NIGHTLY));
    }

    @Test
    void theyJoinTheLastWaveWhileThatHasNotBegun() {
        Story story = story("1").opens().happens(LATE);
        assertThat(story.notes()).contains("joined wave 2");
        assertThat(story.run(1, RunState.SUCCEEDED).offered()).containsExactly("h-2", "h-3", "h-9");
        assertThat(story.rollout.plan().limits().wave(2))
                .as("half of three, not of two")
                .isEqualTo(1);
    }

    @Test
    void aSingleWaveTakesThemUntilItsFirstOpening() {
        assertThat(story("100%").happens(LATE).opens().offered()).contains("h-9");
        assertThat(story("100%").opens().happens(LATE).offered()).isEmpty();
    }

    @Test
    void whoComesTooLateIsOnRecordOnce() {
        Story story = story("1").opens().run(1, RunState.SUCCEEDED).happens(LATE);
        assertThat(story.offered()).isEmpty();
        assertThat(story.rollout.plan().notIncluded())
                .extracting(Exclusion::host)
                .containsExactly("host-0", "host-9");
        assertThat(story.rollout.plan().notIncluded().getLast().reason())
                .startsWith("matches since ")
                .endsWith(", when the last wave had begun");
        Rollout before = story.rollout;
        assertThat(story.after(Duration.ofMinutes(1))
                        .happens(LATE)
                        .rollout
                        .plan()
                        .notIncluded())
                .isEqualTo(before.plan().notIncluded());
    }

    /** It was drained when the rollout was made. */
    @Test
    void whatWasSaidOfThemBeforeIsNotTrueAnyMore() {
        Story story = story("1");
        story.happens(new RolloutEvent.HostsMatch(List.of(new Candidate("h-0", "host-0", ""))));
        assertThat(story.rollout.plan().notIncluded()).isEmpty();
    }

    @Test
    void anEndedRolloutTakesNobody() {
        Story story = story("1").happens(new RolloutEvent.Abort(false)).happens(LATE);
        assertThat(story.rollout.hosts()).hasSize(3);
        assertThat(story.rollout.plan().notIncluded()).hasSize(1);
    }
}
