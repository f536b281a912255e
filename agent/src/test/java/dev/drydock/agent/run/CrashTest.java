package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.journal.Journal;
import dev.drydock.agent.run.Scenario.Happening.Cancel;
import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.agent.run.Simulation.Story;
import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent dies at every point at which it can die: before and after each entry of the journal and each change of the host. */
class CrashTest {
    static Stream<Arguments> scenarios() {
        SimStep a = SimStep.good("a");
        SimStep b = SimStep.good("b");
        return Stream.of(
                story("succeeds", RunState.SUCCEEDED, Scenario.of(a, b)),
                story("has nothing to do", RunState.SUCCEEDED, Scenario.of(a.nothingToDo(), b.when("false"))),
                story("skips in between", RunState.SUCCEEDED, Scenario.of(a, b.nothingToDo(), SimStep.good("c"))),
                story("fails to apply", RunState.ROLLED_BACK, Scenario.of(a, SimStep.of("b", SimStep.Fault.APPLY))),
                story("hangs", RunState.ROLLED_BACK, Scenario.of(a, SimStep.of("b", SimStep.Fault.HANG))),
                story("fails to verify", RunState.ROLLED_BACK, Scenario.of(a, SimStep.of("b", SimStep.Fault.VERIFY))),
                story("fails to prepare", RunState.ROLLED_BACK, Scenario.of(a, SimStep.of("b", SimStep.Fault.PREPARE))),
                story(
                        "fails its own check",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, b.checked(SimCheck.Kind.ILL_WHEN_CHANGED))),
                story(
                        "fails a final check late",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, b).verify(SimCheck.Kind.WELL, SimCheck.Kind.ILL_LATE)),
                story(
                        "waits for a lock on the way back",
                        RunState.ROLLED_BACK,
                        Scenario.of(
                                SimStep.of("a", SimStep.Fault.ROLLBACK_LOCKED), SimStep.of("b", SimStep.Fault.APPLY))),
                story(
                        "cannot roll back",
                        RunState.ROLLBACK_FAILED,
                        Scenario.of(a, SimStep.of("b", SimStep.Fault.VERIFY_AND_ROLLBACK))),
                story(
                        "stops where it failed",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, SimStep.of("b", SimStep.Fault.VERIFY)).onFailure(OnFailure.STOP)),
                story(
                        "is deferred",
                        RunState.DEFERRED,
                        Scenario.of(a, b.within(Duration.ofHours(2))).onWindowEnd(OnWindowEnd.DEFER)),
                story("runs out of time", RunState.ROLLED_BACK, Scenario.of(a, b.within(Duration.ofHours(2)))),
                story(
                        "is cancelled with rollback",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, b).with(new Cancel(Duration.ofSeconds(20), CancelRun.Mode.MODE_ROLL_BACK))),
                story(
                        "is cancelled before its window",
                        RunState.CANCELLED,
                        Scenario.of(a)
                                .window(Duration.ofHours(1), Duration.ofHours(1))
                                .with(new Cancel(Duration.ofMinutes(5), CancelRun.Mode.MODE_IF_NOT_STARTED))),
                story(
                        "reboots on its way",
                        RunState.SUCCEEDED,
                        Scenario.of(a, SimStep.reboot("r", SimStep.Fault.NONE), b)),
                story(
                        "goes back after a reboot",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, SimStep.reboot("r", SimStep.Fault.NONE), SimStep.of("b", SimStep.Fault.VERIFY))),
                story(
                        "does not come up well",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, SimStep.reboot("r", SimStep.Fault.VERIFY))),
                story(
                        "is asked to reboot and does not go down",
                        RunState.ROLLED_BACK,
                        Scenario.of(a, SimStep.reboot("r", SimStep.Fault.HANG))),
                story(
                        "goes back before the turn of a service",
                        RunState.ROLLED_BACK,
                        Scenario.of(
                                a, SimStep.of("b", SimStep.Fault.VERIFY), SimStep.service("s", SimStep.Fault.NONE))),
                story("is refused", RunState.REFUSED, Scenario.of(a.irreversible(false))),
                story("is accepted as irreversible", RunState.SUCCEEDED, Scenario.of(a.irreversible(true))));
    }

    private static Arguments story(String name, RunState outcome, Scenario scenario) {
        return Arguments.of(Named.of(name, scenario), outcome);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsAsItShouldWhenNothingDies(Scenario scenario, RunState outcome) throws Exception {
        Story story = simulate(scenario, Kills.none(), Power.STAYS);
        assertThat(story.outcome()).as("%s", story).isEqualTo(outcome);
        Promise.holds(story);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsThePromiseWhenKilledOnceAnywhere(Scenario scenario, RunState outcome) throws Exception {
        for (Power power : Power.values()) {
            int points = points(scenario);
            assertThat(points).isPositive();
            for (int point = 1; point <= points; point++) {
                Story story = simulate(scenario, Kills.at(point), power);
                assertThat(story.deaths()).isEqualTo(1);
                Promise.holds(story);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsThePromiseWhenKilledTwiceAnywhere(Scenario scenario, RunState outcome) throws Exception {
        int points = points(scenario);
        for (int first = 1; first <= points; first++) {
            for (int second = first + 1; second <= first + 5; second++) {
                Promise.holds(simulate(scenario, Kills.at(first, second), Power.CUT_LOSES_HALF));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsThePromiseWhenTheJournalCannotBeWrittenAnywhere(Scenario scenario, RunState outcome) throws Exception {
        int points = points(scenario);
        for (int point = 1; point <= points; point++) {
            Story story = simulate(scenario, new Kills(Set.of(), Set.of(point)), Power.STAYS);
            Promise.holds(story);
        }
    }

    @Test
    void aPlanThatDoesNotFitIntoTheJournalIsRefusedBeforeAnythingChanges() throws Exception {
        Story story = simulate(Scenario.of(SimStep.good("a").parts(20_000)), Kills.none(), Power.STAYS);
        assertThat(story.outcome()).isEqualTo(RunState.REFUSED);
        assertThat(story.reason()).contains("too large for the journal: 20000 changes");
        assertThat(story.host().mutations()).isEmpty();
    }

    @Test
    void aResultThatDoesNotFitIntoTheJournalIsToldByTheSteps() throws Exception {
        Scenario scenario = Scenario.of(
                SimStep.good("a").parts(8_000).taking(Duration.ZERO),
                SimStep.good("b").parts(8_000).taking(Duration.ZERO),
                SimStep.good("c").parts(8_000).taking(Duration.ZERO));
        Story story = simulate(scenario, Kills.none(), Power.STAYS);
        assertThat(story.outcome()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.journal()).allMatch(event -> event.getSerializedSize() <= Journal.MAX_EVENT);
    }

    private int points(Scenario scenario) throws Exception {
        Kills counting = Kills.none();
        Story story = simulate(scenario, counting, Power.STAYS);
        assertThat(story.deaths()).isZero();
        return counting.count();
    }

    private Story simulate(Scenario scenario, Kills kills, Power power) throws Exception {
        return new Simulation(scenario, kills, power).tell();
    }
}
