package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waves that a second person has to approve. */
class ApprovalTest {
    private static Story story(Integer... waves) {
        return new Story(Plans.plan(
                3, Plans.approvedBefore(Plans.strategy("1", "", "", Duration.ofMinutes(10)), waves), Plans.NIGHTLY));
    }

    private static RolloutEvent.Approve approve(int wave) {
        return new RolloutEvent.Approve(wave, "anna", "looks good");
    }

    @Test
    void theSecondWaveWaitsForTheSoakAndTheApproval() {
        Story story = story(2).opens().run(1, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SOAKING);
        assertThat(story.after(Duration.ofMinutes(10)).rollout.state()).isEqualTo(RolloutState.AWAITING_APPROVAL);
        assertThat(story.rollout.reason()).isEqualTo("wave 2 waits for approval");
        assertThat(story.rollout.unapproved()).hasValue(2);
        assertThat(story.after(Duration.ofMinutes(10)).offered()).isEmpty();

        story.happens(approve(2));
        assertThat(story.notes()).contains("wave 2 approved by anna: looks good");
        assertThat(story.offered()).containsExactly("h-2", "h-3");
        assertThat(story.rollout.unapproved()).isEmpty();
    }

    @Test
    void anApprovalThatCameBeforeTheWaveWasDoneSpares() {
        Story story = story(2).opens().happens(approve(2)).run(1, RunState.SUCCEEDED);
        assertThat(story.after(Duration.ofMinutes(10)).offered()).containsExactly("h-2", "h-3");
    }

    @Test
    void whatIsApprovedAfterTheWindowGoesOnInTheNext() {
        Story story = story(2).opens().run(1, RunState.SUCCEEDED).after(Duration.ofMinutes(10));
        story.at(Plans.FIRST.startBefore());
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);

        assertThat(story.happens(approve(2)).offered()).isEmpty();
        assertThat(story.opens().offered()).containsExactly("h-2", "h-3");
    }

    @Test
    void anOpeningBeforeWhichNobodyApprovedIsMissed() {
        Story story = story(1);
        assertThat(story.rollout.reason()).endsWith("; wave 1 waits for approval");
        assertThat(story.opens().offered()).isEmpty();
        story.at(Plans.FIRST.startBefore());
        assertThat(story.notes()).anyMatch(note -> note.startsWith("missed the opening of"));

        story.happens(approve(1));
        assertThat(story.rollout.reason()).doesNotContain("approval");
        assertThat(story.opens().offered()).containsExactly("h-1");
    }

    @Test
    void anApprovalInsideTheOpeningBeginsAtOnce() {
        Story story = story(1).opens().after(Duration.ofMinutes(3));
        assertThat(story.happens(approve(1)).offered()).containsExactly("h-1");
    }

    @Test
    void aPauseWhileItWaitsStays() {
        Story story = story(2).opens().run(1, RunState.SUCCEEDED).after(Duration.ofMinutes(10));
        story.happens(new RolloutEvent.Pause()).happens(approve(2));
        assertThat(story.rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(story.happens(new RolloutEvent.Resume()).offered()).containsExactly("h-2", "h-3");
    }
}
