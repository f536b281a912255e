package dev.drydock.controller.rollout;

import static dev.drydock.controller.rollout.Plans.FIRST;
import static dev.drydock.controller.rollout.Plans.NIGHTLY;
import static dev.drydock.controller.rollout.Plans.ONCE;
import static dev.drydock.controller.rollout.Plans.plan;
import static dev.drydock.controller.rollout.Plans.strategy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.window.Window;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutMachineTest {
    @Test
    void hostsOfOneClusterAreNeverChangedAtOnce() {
        Story story =
                new Story(Plans.plan(4, Plans.apart(Plans.strategy("100%", "", "100%", Duration.ZERO)), Plans.NIGHTLY));
        story.opens();
        assertThat(story.host(1).open()).isTrue();
        assertThat(story.host(2).waiting()).isTrue();
        assertThat(story.host(3).open()).isTrue();
        assertThat(story.host(4).waiting()).isTrue();

        story.run(1, RunState.SUCCEEDED);
        assertThat(story.host(2).open()).isTrue();
        assertThat(story.host(4).waiting()).isTrue();
    }

    @Test
    void aHostOfWhichNobodyKnowsKeepsTheOthersOfItsClusterFromBeginning() {
        Story story =
                new Story(Plans.plan(3, Plans.apart(Plans.strategy("2", "", "100%", Duration.ZERO)), Plans.NIGHTLY));
        story.opens().run(1, RunState.LOST);
        assertThat(story.host(2).unready()).isEqualTo("in its cluster pair-1 host-1 is lost");
        assertThat(story.host(2).waiting()).isTrue();

        story.run(1, RunState.ROLLED_BACK);
        assertThat(story.host(2).open()).as("a late word frees the cluster").isTrue();
    }

    private static final Duration NIGHT = Duration.ofDays(1);

    private static Story story(int hosts, String waves, String threshold, Window window) {
        return new Story(plan(hosts, strategy(waves, "", threshold, Duration.ZERO), window));
    }

    @Test
    void waitsForItsWindowAndSaysUntilWhen() {
        Story story = story(2, "1", "0", NIGHTLY);

        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.rollout.reason()).isEqualTo("window night opens at 2026-11-24T02:00:00Z");
        assertThat(story.commands(Command.ScheduleTick.class)).containsExactly(new Command.ScheduleTick(FIRST.opens()));
        assertThat(story.at(FIRST.opens().minusMillis(1)).offered()).isEmpty();
        assertThat(story.opens().offered()).containsExactly("h-1");
        assertThat(story.rollout.usedThrough()).contains(FIRST.opens());
    }

    @Test
    void theOfferSaysWhatTheOpeningAllowsAndWhenItCountsAsLost() {
        Story story = story(1, "", "", NIGHTLY).opens();

        assertThat(story.commands(Command.OfferRun.class))
                .containsExactly(new Command.OfferRun(
                        "h-1", "o-1-1-1", FIRST, FIRST.closes().plus(NIGHTLY.reserve())));
    }

    @Test
    void goesWaveByWaveAndSoaksBetween() {
        Story story = new Story(plan(5, strategy("1,2", "", "0", Duration.ofMinutes(10)), NIGHTLY)).opens();

        story.after(Duration.ofMinutes(5)).run(1, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SOAKING);
        assertThat(story.rollout.soakUntil()).contains(story.now.plus(Duration.ofMinutes(10)));
        assertThat(story.after(Duration.ofMinutes(9)).offered()).isEmpty();
        assertThat(story.after(Duration.ofMinutes(1)).offered()).containsExactly("h-2", "h-3");
        assertThat(story.run(2, RunState.SUCCEEDED).offered()).isEmpty();
        story.run(3, RunState.SUCCEEDED).after(Duration.ofMinutes(10));
        assertThat(story.offered()).containsExactly("h-4", "h-5");
        story.run(4, RunState.SUCCEEDED).run(5, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.COMPLETED);
        assertThat(story.rollout.endedAt()).contains(story.now);
    }

    @Test
    void neverHasMoreRunsOpenThanAllowed() {
        Story story = new Story(plan(5, strategy("100%", "2", "", Duration.ZERO), NIGHTLY)).opens();

        assertThat(story.offered()).containsExactly("h-1", "h-2");
        assertThat(story.run(1, RunState.RUNNING).offered()).isEmpty();
        assertThat(story.run(2, RunState.SUCCEEDED).offered()).containsExactly("h-3");
    }

    @Test
    void stopsAtTheThresholdAndLetsWhatRunsEnd() {
        Story story = story(4, "4", "0", NIGHTLY).opens();
        story.run(1, RunState.RUNNING).run(2, RunState.RUNNING).run(3, RunState.ACCEPTED);

        story.run(1, RunState.ROLLED_BACK);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPING);
        assertThat(story.rollout.reason()).isEqualTo("wave 1: 1 of 4 hosts failed, none may");
        // Only what no agent took yet is withdrawn.
        assertThat(story.commands(Command.CancelRun.class))
                .containsExactly(
                        new Command.CancelRun("h-4", "o-1-4-1", false, "wave 1: 1 of 4 hosts failed, none may"));
        story.run(2, RunState.SUCCEEDED).run(3, RunState.SUCCEEDED).run(4, RunState.CANCELLED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(story.rollout.hosts()).filteredOn(HostProgress::succeeded).hasSize(2);
    }

    @Test
    void hostsThatAWaveDidNotReachSayThatTheRolloutEndedFirst() {
        Story story = story(3, "1", "0", NIGHTLY).opens().run(1, RunState.ROLLBACK_FAILED);

        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(story.host(3).state()).isEqualTo(RunState.RUN_STATE_UNSPECIFIED);
        assertThat(story.host(3).reason()).isEqualTo("the rollout ended first: wave 1: 1 of 1 hosts failed, none may");
    }

    @Test
    void goesOnInTheNextOpeningFromWhereItStood() {
        Story story = new Story(plan(3, strategy("1", "", "0", Duration.ofHours(3)), NIGHTLY)).opens();
        story.after(Duration.ofMinutes(1)).run(1, RunState.SUCCEEDED);
        Instant soaked = story.now.plus(Duration.ofHours(3));

        story.at(FIRST.startBefore());
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.rollout.opening().orElseThrow().opens())
                .isEqualTo(FIRST.opens().plus(NIGHT));
        assertThat(story.rollout.soakUntil()).contains(soaked);
        assertThat(story.opens().offered()).containsExactly("h-2", "h-3");
        assertThat(story.rollout.usedThrough()).contains(FIRST.opens().plus(NIGHT));
    }

    @Test
    void aMissedOpeningIsToldAndNotMadeUpFor() {
        Story story = story(2, "", "", NIGHTLY).at(FIRST.closes().plusSeconds(1));

        assertThat(story.notes()).containsExactly("missed the opening of 2026-11-24T02:00:00Z; 2 hosts did not run");
        assertThat(story.offered()).isEmpty();
        assertThat(story.rollout.usedThrough()).isEmpty();
        assertThat(story.opens().offered()).containsExactly("h-1");
    }

    @Test
    void startsInAnOpeningThatIsUnderWayButNotAfterItsCutoff() {
        assertThat(story(1, "", "", NIGHTLY)
                        .at(FIRST.startBefore().minusMillis(1))
                        .offered())
                .containsExactly("h-1");
        assertThat(story(1, "", "", NIGHTLY).at(FIRST.startBefore()).offered()).isEmpty();
    }

    @Test
    void aClockSetBackDoesNotUseAnOpeningAgain() {
        Story story = story(2, "1", "", NIGHTLY).opens().run(1, RunState.RUNNING);
        story.at(FIRST.closes());
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);

        story.at(FIRST.opens().plusSeconds(60)).run(1, RunState.SUCCEEDED).tick();
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.offered()).isEmpty();
    }

    @Test
    void anOfflineHostStartsWhenItReturnsInsideTheWindow() {
        Story story = story(3, "2", "0", NIGHTLY).away(Map.of("h-2", "offline")).opens();
        assertThat(story.offered()).containsExactly("h-1");

        story.run(1, RunState.SUCCEEDED);
        assertThat(story.offered())
                .as("one that is away does not hold up the next wave")
                .containsExactly("h-3");
        assertThat(story.away(Map.of()).offered()).containsExactly("h-2");
    }

    @Test
    void anOfflineHostThatDoesNotReturnIsExpiredAndSaysWhy() {
        Story story = story(2, "2", "0", NIGHTLY).away(Map.of("h-2", "offline")).opens();
        story.run(1, RunState.SUCCEEDED).at(FIRST.startBefore());

        assertThat(story.rollout.state()).isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);
        assertThat(story.host(2).state()).isEqualTo(RunState.EXPIRED);
        assertThat(story.host(2).reason()).isEqualTo("offline; until the window's cutoff at 2026-11-24T03:30:00Z");
    }

    @Test
    void aWaveOfWhichNobodyWasThereHoldsUpTheNext() {
        Story story = story(2, "1", "0", NIGHTLY).away(Map.of("h-1", "offline")).opens();
        assertThat(story.offered()).isEmpty();

        story.at(FIRST.startBefore());
        assertThat(story.host(1).state()).isEqualTo(RunState.EXPIRED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(story.opens().offered()).as("it had its opening").containsExactly("h-2");
    }

    @Test
    void aDeferredRunGoesOnInTheNextOpeningAndHoldsUpTheNextWave() {
        Story story = story(2, "1", "0", NIGHTLY).opens().run(1, RunState.DEFERRED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.RUNNING);
        assertThat(story.tick().offered()).isEmpty();

        story.at(FIRST.startBefore()).opens();
        assertThat(story.commands(Command.OfferRun.class))
                .extracting(Command.OfferRun::runId)
                .containsExactly("o-1-1-2");
        assertThat(story.host(1).deferrals()).isEqualTo(1);
    }

    @Test
    void anOfferThatNobodyTookIsExpiredOnceTheCutoffIsPast() {
        Story story = story(1, "", "", NIGHTLY).opens();

        assertThat(story.at(FIRST.startBefore()).commands(Command.ConcludeRun.class))
                .isEmpty();
        story.at(FIRST.startBefore().plusSeconds(60));
        assertThat(story.commands(Command.ConcludeRun.class))
                .containsExactly(new Command.ConcludeRun(
                        "h-1", "o-1-1-1", RunState.EXPIRED, "nobody took the offer before the window's cutoff"));
        story.run(1, RunState.EXPIRED);
        assertThat(story.rollout.state()).as("the host was there").isEqualTo(RolloutState.SCHEDULED);
    }

    @Test
    void aRunThatSaysNothingIsLostAtItsDeadlineAndCountsAsFailed() {
        Story story = story(3, "1", "0", NIGHTLY).opens().run(1, RunState.RUNNING);
        story.at(FIRST.closes().plus(NIGHTLY.reserve()));

        assertThat(story.commands(Command.ConcludeRun.class))
                .containsExactly(
                        new Command.ConcludeRun("h-1", "o-1-1-1", RunState.LOST, "no result by 2026-11-24T04:15:00Z"));
        story.run(1, RunState.LOST);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
    }

    @Test
    void whatTheAgentSaysLaterWinsOverLostAndCountsNoMore() {
        Story story = story(3, "3", "1", NIGHTLY).opens();
        story.run(1, RunState.RUNNING).run(2, RunState.RUNNING).run(3, RunState.SUCCEEDED);
        story.at(FIRST.closes().plus(NIGHTLY.reserve())).run(1, RunState.LOST);
        assertThat(story.rollout.stop()).as("one may fail").isEqualTo(Rollout.Stop.NOT);

        story.run(1, RunState.SUCCEEDED).run(2, RunState.ROLLED_BACK);
        assertThat(story.rollout.state())
                .as("one failed: the lost one did not")
                .isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);
        assertThat(story.host(1).succeeded()).isTrue();
    }

    @Test
    void aRunThatSpeaksAfterItsDeadlineGetsMoreTime() {
        Story story = story(1, "", "", NIGHTLY).opens().run(1, RunState.RUNNING);
        story.at(FIRST.closes().plus(NIGHTLY.reserve())).run(1, RunState.LOST).run(1, RunState.ROLLING_BACK);

        assertThat(story.host(1).open()).isTrue();
        assertThat(story.tick().commands(Command.ConcludeRun.class)).isEmpty();
        assertThat(story.after(RunReports.LATE_GRACE).commands(Command.ConcludeRun.class))
                .hasSize(1);
    }

    @Test
    void aLateResultChangesTheRecordOfAnEndedRolloutButNotItsEnd() {
        Story story = story(1, "", "", NIGHTLY).opens().run(1, RunState.RUNNING);
        story.at(FIRST.closes().plus(NIGHTLY.reserve())).run(1, RunState.LOST);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);

        story.run(1, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(story.host(1).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void reportsThatComeTwiceLateOrOfAnotherRunChangeNothing() {
        Story story = story(2, "2", "100%", NIGHTLY).opens();
        story.run(1, RunState.RUNNING).run(1, RunState.SUCCEEDED);
        Rollout before = story.rollout;

        story.run(1, RunState.SUCCEEDED).run(1, RunState.RUNNING).run(1, RunState.LOST);
        story.run(1, "o-1-1-0", RunState.ROLLED_BACK).run(2, "", RunState.RUNNING);
        story.happens(
                new RolloutEvent.RunChanged("h-99", "x", RunState.LOST, "", "", Optional.empty(), Optional.empty()));
        assertThat(story.rollout).isEqualTo(before);
    }

    @Test
    void refusedAndCancelledHostsAreDoneAndDoNotCountAsFailed() {
        Story story = story(3, "2", "0", NIGHTLY).opens();
        story.run(1, RunState.REFUSED).run(2, RunState.CANCELLED);
        assertThat(story.offered()).containsExactly("h-3");

        story.run(3, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);
        assertThat(story.rollout.reason()).isEqualTo("1 of 3 hosts succeeded");
    }

    @Test
    void aPausedRolloutStartsNothingWhateverRestarts() {
        Story story = story(2, "1", "0", NIGHTLY).opens().run(1, RunState.RUNNING);
        story.happens(new RolloutEvent.Pause()).run(1, RunState.SUCCEEDED);

        assertThat(story.happens(new RolloutEvent.Recovered()).offered()).isEmpty();
        assertThat(story.after(Duration.ofMinutes(1)).offered()).isEmpty();
        assertThat(story.rollout.state()).isEqualTo(RolloutState.PAUSED);
        assertThat(story.happens(new RolloutEvent.Resume()).offered())
                .as("in the opening that it was in")
                .containsExactly("h-2");
    }

    @Test
    void aPauseWithdrawsWhatNobodyTookAndAResumeOffersItAgain() {
        Story story = story(1, "", "0", NIGHTLY).opens();
        story.happens(new RolloutEvent.Pause());
        assertThat(story.commands(Command.CancelRun.class))
                .containsExactly(new Command.CancelRun("h-1", "o-1-1-1", false, "paused by an operator"));

        story.run(1, RunState.CANCELLED).happens(new RolloutEvent.Resume());
        assertThat(story.commands(Command.OfferRun.class))
                .extracting(Command.OfferRun::runId)
                .containsExactly("o-1-1-2");
    }

    @Test
    void anAbortLetsRunsFinishOrRollsThemBack() {
        Story story = story(2, "2", "", NIGHTLY).opens();
        story.run(1, RunState.RUNNING).run(2, RunState.RUNNING);

        story.happens(new RolloutEvent.Abort(false));
        assertThat(story.commands(Command.CancelRun.class)).isEmpty();
        story.happens(new RolloutEvent.Abort(true));
        assertThat(story.commands(Command.CancelRun.class))
                .allMatch(Command.CancelRun::rollBack)
                .hasSize(2);
        assertThat(story.happens(new RolloutEvent.Abort(true)).commands(Command.CancelRun.class))
                .isEmpty();
        story.run(1, RunState.ROLLED_BACK).run(2, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.ABORTED);
    }

    @Test
    void afterARestartAllThatMayNotHaveBeenDoneIsCommandedAgain() {
        Story story = story(3, "3", "", NIGHTLY).opens().run(2, RunState.RUNNING);
        story.happens(new RolloutEvent.Abort(true)).happens(new RolloutEvent.Recovered());

        assertThat(story.commands(Command.OfferRun.class))
                .extracting(Command.OfferRun::runId)
                .containsExactly("o-1-1-1", "o-1-3-1");
        assertThat(story.commands(Command.CancelRun.class))
                .extracting(Command.CancelRun::runId)
                .containsExactly("o-1-1-1", "o-1-2-1", "o-1-3-1");
    }

    @Test
    void stopsForWantOfAFurtherOpening() {
        Story story = story(3, "1", "0", ONCE).opens().run(1, RunState.RUNNING);
        story.at(FIRST.closes());

        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPING);
        assertThat(story.host(2).state()).isEqualTo(RunState.EXPIRED);
        assertThat(story.host(2).reason()).isEqualTo("window night has no further opening");
        story.run(1, RunState.SUCCEEDED);
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(story.rollout.stop()).isEqualTo(Rollout.Stop.NO_OPENING_LEFT);
    }

    @Test
    void whatSeveralRunsReportAtOnceIsDecidedOnce() {
        Story story = new Story(plan(6, strategy("100%", "3", "1", Duration.ZERO), NIGHTLY)).opens();

        story.happens(new RolloutEvent.RunsChanged(List.of(
                report(story.host(1), RunState.SUCCEEDED),
                report(story.host(2), RunState.SUCCEEDED),
                report(story.host(3), RunState.RUNNING))));

        assertThat(story.offered()).containsExactly("h-4", "h-5");
        story.happens(new RolloutEvent.RunsChanged(List.of(
                report(story.host(3), RunState.ROLLED_BACK),
                report(story.host(4), RunState.ROLLED_BACK),
                report(story.host(5), RunState.SUCCEEDED))));
        assertThat(story.offered()).as("both failures are seen first").isEmpty();
        assertThat(story.rollout.state()).isEqualTo(RolloutState.STOPPED);
    }

    private static RolloutEvent.RunChanged report(HostProgress host, RunState state) {
        return new RolloutEvent.RunChanged(
                host.host().id(), host.runId(), state, "", "", Optional.empty(), Optional.empty());
    }
}
