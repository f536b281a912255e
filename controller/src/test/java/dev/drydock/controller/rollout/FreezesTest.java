package dev.drydock.controller.rollout;

import static dev.drydock.controller.rollout.Plans.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.window.BlackoutCalendar;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CalendarDates;
import dev.drydock.controller.window.InvalidCalendarException;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Window;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What calendars do to rollouts that are made already. The window opens daily from 02:00 to 04:00, last start 03:30. */
class FreezesTest {
    private static final Duration NIGHT = Duration.ofDays(1);
    private static final Blackouts FREE = freeze("2020-01-01");

    private static Blackouts freeze(String dates) {
        try {
            return Blackouts.of(
                    BlackoutCalendar.parse("freeze", CalendarDates.iCalendar("freeze", dates), Optional.empty()));
        } catch (InvalidCalendarException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Window window(String rrule) {
        Window plain = Plans.window(rrule);
        return new Window(
                plain.name(),
                plain.rrule(),
                plain.start(),
                plain.zone(),
                plain.duration(),
                plain.cutoff(),
                plain.reserve(),
                List.of("freeze"));
    }

    private static Story story(String rrule, String waves, Blackouts blackouts) {
        return new Story(Plans.plan(3, Plans.strategy(waves, "", "0", Duration.ZERO), window(rrule)), blackouts);
    }

    @Test
    void aFreezeAddedLaterMovesTheRolloutToTheFirstOpeningBehindIt() {
        Story story = story("FREQ=DAILY", "3", FREE);
        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-24T02:00:00Z");

        story.blackouts = freeze("2026-11-24/2026-11-25");
        story.tick();

        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-26T02:00:00Z");
        assertThat(story.notes())
                .containsExactly(
                        "the opening of 2026-11-24T02:00:00Z falls to calendar freeze; 3 hosts wait for the next");
        assertThat(story.at(FIRST.opens()).offered()).isEmpty();
        assertThat(story.at(FIRST.opens().plus(NIGHT)).offered()).isEmpty();
        assertThat(story.at(FIRST.opens().plus(NIGHT.multipliedBy(2))).offered())
                .hasSize(3);
    }

    @Test
    void aFreezeThatIsLiftedGivesTheOpeningBack() {
        Story story = story("FREQ=DAILY", "3", freeze("2026-11-24"));
        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-25T02:00:00Z");

        story.blackouts = FREE;
        story.tick();

        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-24T02:00:00Z");
        assertThat(story.at(FIRST.opens()).offered()).hasSize(3);
    }

    @Test
    void aFreezeInTheMiddleOfAnOpeningStartsNothingMoreAndWithdrawsWhatNobodyTook() {
        Story story = story("FREQ=DAILY", "3", FREE).opens();
        story.run(1, RunState.RUNNING);
        story.now = FIRST.opens().plus(Duration.ofMinutes(20));
        story.blackouts = freeze("2026-11-24T02:10/2026-11-24T12:00");
        story.tick();

        assertThat(story.commands(Command.CancelRun.class))
                .extracting(Command.CancelRun::hostId)
                .containsExactly("h-2", "h-3");
        story.run(2, RunState.CANCELLED).run(3, RunState.CANCELLED);
        assertThat(story.offered()).isEmpty();
        story.run(1, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-25T02:00:00Z");
        assertThat(story.at(FIRST.opens().plus(NIGHT)).offered()).containsExactly("h-2", "h-3");
        assertThat(story.rollout.usedThrough()).contains(FIRST.opens().plus(NIGHT));
    }

    @Test
    void aCutOpeningStartsNothingAfterItsOwnCutoffAndOffersSaySo() {
        Story story = story("FREQ=DAILY", "1", freeze("2026-11-24T03:00/2026-11-24T12:00"))
                .opens();

        assertThat(story.commands(Command.OfferRun.class))
                .extracting(Command.OfferRun::opening)
                .containsExactly(new Opening(
                        FIRST.opens(), Instant.parse("2026-11-24T03:00:00Z"), Instant.parse("2026-11-24T02:30:00Z")));
        story.now = Instant.parse("2026-11-24T02:30:00Z");
        assertThat(story.run(1, RunState.SUCCEEDED).offered()).isEmpty();
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
    }

    @Test
    void hostsThatWereAwayWhileAFreezeTookTheOpeningWaitForTheNext() {
        Story story = story("FREQ=DAILY", "3", FREE);
        story.away(Map.of("h-3", "offline")).opens();
        story.run(1, RunState.SUCCEEDED).run(2, RunState.SUCCEEDED);
        story.blackouts = freeze("2026-11-24");
        story.after(Duration.ofMinutes(1));

        assertThat(story.host(3).waiting()).isTrue();
        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-25T02:00:00Z");
    }

    @Test
    void aCalendarThatWasNeverReadKeepsTheRolloutWaitingAndNotEnded() {
        Story story = story("", "3", Blackouts.NONE);

        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.rollout.reason()).isEqualTo("window night stays shut: calendar freeze was never read");
        assertThat(story.at(FIRST.opens()).offered()).isEmpty();
        story.blackouts = FREE;
        assertThat(story.after(Duration.ofMinutes(1)).offered()).hasSize(3);
    }

    @Test
    void aWindowThatOpensOnceAndFallsToAFreezeIsOverOnlyWhenItIsOver() {
        Story story = story("", "3", FREE);
        story.blackouts = freeze("2026-11-24");
        story.tick();

        assertThat(story.rollout.reason()).isEqualTo("window night stays shut: calendar freeze");
        assertThat(story.commands(Command.ScheduleTick.class))
                .containsExactly(new Command.ScheduleTick(FIRST.startBefore()));
        story.at(FIRST.startBefore());
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(story.rollout.reason()).isEqualTo("window night has no further opening");
    }

    /** A controller that was down over an opening and a freeze: the one is missed, the other is nobody's fault; none is made up for. */
    @Test
    void anOpeningThatFellToAFreezeIsNotMissedAndOneBehindItIs() {
        Story story = story("FREQ=DAILY", "3", FREE);
        story.blackouts = freeze("2026-11-24");
        story.at(FIRST.closes().plusSeconds(1));

        assertThat(story.notes()).noneMatch(note -> note.startsWith("missed"));
        assertThat(story.offered()).isEmpty();
        assertThat(story.rollout.usedThrough()).isEmpty();
        story.at(FIRST.closes().plus(NIGHT));
        assertThat(story.notes()).containsExactly("missed the opening of 2026-11-25T02:00:00Z; 3 hosts did not run");
        assertThat(story.opens().offered()).hasSize(3);
        assertThat(story.rollout.usedThrough()).contains(FIRST.opens().plus(NIGHT.multipliedBy(2)));
    }

    @Test
    void anOpeningIsUsedOnceAlsoWhenAFreezeIsAddedAndLifted() {
        Story story = story("FREQ=DAILY", "1,1", FREE).opens();
        story.run(1, RunState.SUCCEEDED);
        assertThat(story.offered()).containsExactly("h-2");
        story.run(2, RunState.RUNNING);
        story.blackouts = freeze("2026-11-24");
        story.after(Duration.ofMinutes(1)).run(2, RunState.DEFERRED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);

        story.blackouts = FREE;
        assertThat(story.after(Duration.ofMinutes(1)).offered()).isEmpty();
        assertThat(story.rollout.opening())
                .map(Opening::opens)
                .contains(FIRST.opens().plus(NIGHT));
    }
}
