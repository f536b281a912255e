package dev.drydock.controller.simulation;

import static dev.drydock.controller.simulation.Scenarios.AT_ONCE;
import static dev.drydock.controller.simulation.Scenarios.NIGHTLY;
import static dev.drydock.controller.simulation.Scenarios.OPENS;
import static dev.drydock.controller.simulation.Scenarios.RELEASE;
import static dev.drydock.controller.simulation.Scenarios.draft;
import static dev.drydock.controller.simulation.Scenarios.simulate;
import static dev.drydock.controller.simulation.Scenarios.steady;
import static dev.drydock.controller.simulation.Scenarios.strategy;
import static dev.drydock.controller.simulation.Scenarios.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.simulation.Advice.Knob;
import dev.drydock.controller.simulation.HostGroup.Failures;
import dev.drydock.controller.simulation.RolloutOutcome.Caught;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Small fleets with answers that can be worked out by hand. An agent takes an offer a second after it was made. */
class SimulationTest {
    private static RolloutOutcome only(SimulationResult result) {
        assertThat(result.rollouts()).hasSize(1);
        return result.rollouts().getFirst();
    }

    @Test
    void aWaveASoakAndTheRest() {
        SimulationResult result = simulate(
                4,
                steady(Duration.ofMinutes(10), Failures.NONE),
                NIGHTLY,
                strategy(List.of("1"), "", "0", Duration.ofMinutes(10)));

        RolloutOutcome rollout = only(result);
        // 1 s, 600 s, soak 600 s, 1 s, 600 s
        Duration whole = Duration.between(RELEASE, OPENS).plusSeconds(1_802);
        assertThat(rollout.milestones())
                .containsExactly(entry(50, whole), entry(90, whole), entry(99, whole), entry(100, whole));
        assertThat(rollout.state()).isEqualTo(RolloutState.COMPLETED);
        assertThat(rollout.hosts()).containsEntry(Bucket.PATCHED, 4);
        assertThat(rollout.openings()).hasSize(1);
        OpeningUse use = rollout.openings().getFirst();
        assertThat(use.begun()).isEqualTo(4);
        assertThat(use.peak()).isEqualTo(3);
        assertThat(use.usedShare()).isEqualTo(1_202.0 / 7_200);
        assertThat(use.tooShort()).isFalse();
        assertThat(result.neverPatched()).isZero();
        assertThat(result.advice()).isEmpty();
        assertThat(result.upToDate().getFirst().share()).isZero();
        assertThat(result.upToDate().getLast().share()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIntoOneOpeningTakesTheNextAndIsToldHowMuchWouldDo() {
        // Half an hour each, one at a time, no start in the last half hour: three a night.
        SimulationResult result = simulate(
                10,
                steady(Duration.ofMinutes(30), Failures.NONE),
                NIGHTLY,
                strategy(List.of("100%"), "1", "0", Duration.ZERO));

        assertThat(only(result).openings()).extracting(OpeningUse::begun).containsExactly(3, 3, 3, 1);
        assertThat(only(result).openings()).extracting(OpeningUse::leftOver).containsExactly(7, 4, 1, 0);
        assertThat(only(result).openings()).extracting(OpeningUse::tooShort).containsExactly(true, true, true, false);
        assertThat(only(result).milestones())
                .containsEntry(50, Duration.ofHours(26).plusSeconds(2 * 1_801))
                .containsEntry(100, Duration.ofHours(3 * 24 + 2).plusSeconds(1_801));
        // The tenth begins 9 × 1801 s and 1 s after the opening, and runs until 18,010 s.
        assertThat(result.advice())
                .containsExactly(
                        new Advice(1, Knob.WINDOW_DURATION, "2h", Optional.of("5h15m"), 2, "1d", ""),
                        new Advice(1, Knob.MAX_CONCURRENT, "1", Optional.of("4"), 3, "10", ""));
    }

    @Test
    void theThresholdSparesTheOthers() {
        SimulationResult result = simulate(
                10,
                steady(Duration.ofMinutes(10), new Failures(1, 0, 0, 0)),
                NIGHTLY,
                strategy(List.of("1"), "", "0", Duration.ZERO));

        assertThat(only(result).state()).isEqualTo(RolloutState.STOPPED);
        assertThat(only(result).hosts()).containsEntry(Bucket.ROLLED_BACK, 1).containsEntry(Bucket.SPARED, 9);
        // Ten minutes, and half as long for the way back.
        assertThat(only(result).caught())
                .contains(new Caught(OPENS.plusSeconds(901), 1, "wave 1: 1 of 1 hosts failed, none may", 1, 1, 9, 9));
        assertThat(result.neverPatched()).isEqualTo(10);
        assertThat(result.advice()).as("it was not for want of time").isEmpty();
    }

    @Test
    void anAgentDefersWhatDoesNotFitAnyMore() {
        SimulationResult result = simulate(
                2,
                steady(Duration.ofMinutes(40), Failures.NONE),
                window("FREQ=DAILY", Duration.ofHours(1), Duration.ZERO),
                strategy(List.of("100%"), "1", "0", Duration.ZERO));

        OpeningUse first = only(result).openings().getFirst();
        assertThat(first.begun()).isEqualTo(2);
        assertThat(first.patched()).isEqualTo(1);
        assertThat(first.deferred()).isEqualTo(1);
        assertThat(first.leftOver()).isEqualTo(1);
        assertThat(only(result).hosts()).containsEntry(Bucket.PATCHED, 2);
    }

    @Test
    void aLostHostHoldsUpTheWavesBehindItUntilTheOpeningCloses() {
        SimulationResult result = simulate(
                3,
                steady(Duration.ofMinutes(10), new Failures(0, 0, 1, 0)),
                NIGHTLY,
                strategy(List.of("1"), "", "100%", Duration.ZERO));

        assertThat(only(result).hosts()).containsEntry(Bucket.LOST, 3);
        OpeningUse first = only(result).openings().getFirst();
        assertThat(first.silent()).isEqualTo(1);
        assertThat(first.leftOver()).isEqualTo(2);
        assertThat(result.advice()).as("no longer window would do").isEmpty();
    }

    @Test
    void aRunThatHangsCountsAsLostAndThenAsWhatItsAgentSays() {
        SimulationResult result =
                simulate(1, steady(Duration.ofMinutes(10), new Failures(0, 0, 0, 1)), NIGHTLY, AT_ONCE);

        assertThat(only(result).hosts()).containsEntry(Bucket.ROLLED_BACK, 1).containsEntry(Bucket.LOST, 0);
        assertThat(only(result).openings().getFirst().failed()).isEqualTo(1);
    }

    @Test
    void hostsOfAClusterTakeTheirTurns() {
        GroupDraft pairs = new GroupDraft(
                "db", 1, 2, Duration.ofMinutes(10), Duration.ofMinutes(10), Failures.NONE, 0, Duration.ZERO);
        var apart = new dev.drydock.controller.rollout.Strategy(
                List.of("100%"), "", "0", Duration.ZERO, "labels.cluster", List.of());

        assertThat(only(simulate(6, pairs, NIGHTLY, apart))
                        .openings()
                        .getFirst()
                        .peak())
                .isEqualTo(3);
    }

    @Test
    void aNewReleaseTakesTheOldOnesPlace() {
        ScenarioDraft once = draft(
                4,
                steady(Duration.ofMinutes(60), Failures.NONE),
                NIGHTLY,
                strategy(List.of("100%"), "1", "0", Duration.ZERO));
        ScenarioDraft daily = new ScenarioDraft(
                once.hosts(),
                once.groups(),
                once.window(),
                once.strategy(),
                once.from(),
                once.months(),
                "FREQ=DAILY;COUNT=2",
                true,
                once.grain(),
                once.seed());

        SimulationResult result = simulate(daily);

        // Two of an hour each begin in the first night: the second as late as 60 minutes and 1 s after its opening.
        assertThat(result.rollouts().get(0).state()).isEqualTo(RolloutState.ABORTED);
        assertThat(result.rollouts().get(0).hosts())
                .containsEntry(Bucket.PATCHED, 1)
                .containsEntry(Bucket.SUPERSEDED, 3);
        assertThat(result.rollouts().get(1).hosts()).containsEntry(Bucket.PATCHED, 4);
    }

    @Test
    void nothingIsPatchedInAFreeze() {
        ScenarioDraft open = draft(4, steady(Duration.ofMinutes(10), Failures.NONE), NIGHTLY, AT_ONCE);

        RolloutOutcome frozen = only(simulate(frozen(open, "2026-12-01/2026-12-03")));

        assertThat(frozen.openings()).singleElement().satisfies(use -> assertThat(use.opens())
                .isEqualTo(OPENS.plus(Duration.ofDays(3))));
        assertThat(frozen.hosts()).containsEntry(Bucket.PATCHED, 4);
    }

    @Test
    void whatIsNoFreezeIsSaid() {
        ScenarioDraft open = draft(4, steady(Duration.ofMinutes(10), Failures.NONE), NIGHTLY, AT_ONCE);

        assertThatThrownBy(() -> frozen(open, "Christmas").validate())
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessageContaining("window.freezes: dates: 'Christmas'");
    }

    private static ScenarioDraft frozen(ScenarioDraft draft, String freezes) {
        return new ScenarioDraft(
                draft.hosts(),
                draft.groups(),
                draft.window(),
                freezes,
                draft.strategy(),
                draft.from(),
                draft.months(),
                draft.releases(),
                draft.supersede(),
                draft.grain(),
                draft.seed());
    }

    @Test
    void theSameSeedGivesTheSameResultAndAnotherAnother() {
        GroupDraft lively = new GroupDraft(
                "web",
                1,
                0,
                Duration.ofMinutes(6),
                Duration.ofMinutes(20),
                new Failures(0.05, 0.01, 0.01, 0.01),
                0.1,
                Duration.ofHours(8));
        ScenarioDraft draft = draft(300, lively, NIGHTLY, strategy(List.of("10%"), "20", "50%", Duration.ZERO));

        assertThat(simulate(draft)).isEqualTo(simulate(draft));
        assertThat(simulate(draft).rollouts())
                .isNotEqualTo(simulate(seed(draft, 2)).rollouts());
    }

    private static ScenarioDraft seed(ScenarioDraft draft, long seed) {
        return new ScenarioDraft(
                draft.hosts(),
                draft.groups(),
                draft.window(),
                draft.strategy(),
                draft.from(),
                draft.months(),
                draft.releases(),
                draft.supersede(),
                draft.grain(),
                seed);
    }

    @Test
    void canBeEnded() throws InvalidScenarioException {
        Scenario scenario = draft(4, steady(Duration.ofMinutes(10), Failures.NONE), NIGHTLY, AT_ONCE)
                .validate();

        assertThatThrownBy(() -> Simulation.of(scenario, (Instant at) -> {
                    throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
    }
}
