package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hosts that ended badly and get another run. */
class RetryTest {
    private static final RolloutEvent ALL = new RolloutEvent.Retry(Set.of());

    private static Story story(String waves, String threshold) {
        return new Story(Plans.plan(3, Plans.strategy(waves, "", threshold, Duration.ZERO), Plans.NIGHTLY));
    }

    @Test
    void aStoppedRolloutGoesOnInTheSameOpening() {
        Story story = story("1", "0").opens().run(1, RunState.ROLLED_BACK);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);

        assertThat(story.happens(ALL).offered()).containsExactly("h-1");
        assertThat(story.rollout.endedAt()).isEmpty();
        assertThat(story.host(1).runId()).isEqualTo("o-1-1-2");
        assertThat(story.run(1, RunState.SUCCEEDED).offered()).containsExactly("h-2", "h-3");
        story.run(2, RunState.SUCCEEDED).run(3, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.COMPLETED);
    }

    @Test
    void aRolloutWithFailuresTriesOnlyThose() {
        Story story = story("100%", "2").opens().run(1, RunState.SUCCEEDED);
        story.run(2, RunState.LOST).run(3, RunState.REFUSED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);

        assertThat(story.happens(ALL).offered()).containsExactly("h-2", "h-3");
        assertThat(story.happens(ALL).offered()).as("asked twice").isEmpty();
    }

    @Test
    void whatCouldNotGoBackIsTriedOnlyWhenItIsNamed() {
        Story story = story("100%", "2").opens().run(1, RunState.SUCCEEDED);
        story.run(2, RunState.ROLLBACK_FAILED).run(3, RunState.ROLLED_BACK);
        assertThat(story.happens(ALL).offered()).containsExactly("h-3");
        assertThat(story.happens(new RolloutEvent.Retry(Set.of("host-2"))).offered())
                .containsExactly("h-2");
    }

    @Test
    void nothingIsTriedThatWouldStopAtOnce() {
        Story story = story("100%", "0").opens().run(1, RunState.ROLLBACK_FAILED);
        story.run(2, RunState.SUCCEEDED).run(3, RunState.SUCCEEDED);
        assertThat(story.happens(ALL).rollout.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(story.happens(new RolloutEvent.Retry(Set.of("host-1"))).offered())
                .containsExactly("h-1");
    }

    @Test
    void itGoesOnInTheNextOpeningWhereThisOneIsOver() {
        Story story = story("1", "0").opens().run(1, RunState.ROLLED_BACK).at(Plans.FIRST.closes());
        assertThat(story.happens(ALL).offered()).isEmpty();
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.opens().offered()).containsExactly("h-1");
    }

    @Test
    void aSoakBeginsAnewOnceTheHostIsDone() {
        Story story = new Story(Plans.plan(4, Plans.strategy("2", "", "1", Duration.ofMinutes(10)), Plans.NIGHTLY));
        story.opens().run(1, RunState.SUCCEEDED).run(2, RunState.ROLLED_BACK).after(Duration.ofMinutes(9));
        assertThat(story.happens(ALL).offered()).containsExactly("h-2");
        story.run(2, RunState.SUCCEEDED);
        assertThat(story.after(Duration.ofMinutes(9)).offered()).isEmpty();
        assertThat(story.after(Duration.ofMinutes(1)).offered()).containsExactly("h-3", "h-4");
    }

    /** Nobody knows that the lost host is up: until it has been tried again the other of its pair waits. */
    @Test
    void aHostOfAPairIsTriedAgainBeforeTheOtherBegins() {
        Story story =
                new Story(Plans.plan(2, Plans.apart(Plans.strategy("100%", "", "100%", Duration.ZERO)), Plans.NIGHTLY));
        story.opens().run(1, RunState.LOST).happens(new RolloutEvent.Pause());
        story.happens(ALL).away(Map.of("h-1", "offline"));
        assertThat(story.happens(new RolloutEvent.Resume()).offered()).isEmpty();
        assertThat(story.away(Map.of()).offered()).containsExactly("h-1");
        assertThat(story.run(1, RunState.SUCCEEDED).offered()).containsExactly("h-2");
    }

    @Test
    void aLateWordOfTheOldRunEndsItOnlyWhereThatSucceeded() {
        Story story = story("100%", "2").opens().run(1, RunState.LOST).happens(new RolloutEvent.Pause());
        story.happens(ALL).run(1, RunState.ROLLED_BACK);
        assertThat(story.host(1).waiting()).isTrue();

        story = story("100%", "2").opens().run(1, RunState.LOST).happens(new RolloutEvent.Pause());
        story.happens(ALL).run(1, RunState.SUCCEEDED);
        assertThat(story.host(1).done()).isTrue();
    }
}
