package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.Scenario.Happening.Cancel;
import dev.drydock.agent.run.SimCheck.Kind;
import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.CancelRun.Mode;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of every table is gone through by a run; a new row needs a scenario here. */
class MachineCoverageTest {
    private static final Exercised EXERCISED = new Exercised();

    @BeforeAll
    static void runEverything(@TempDir Path directory) throws Exception {
        for (Scenario scenario : List.of(
                Scenario.of(SimStep.good("a"), SimStep.good("b").nothingToDo()),
                Scenario.of(SimStep.good("a").nothingToDo()),
                Scenario.of(SimStep.good("a")).preflight(Kind.BROKEN),
                Scenario.of(SimStep.of("a", Fault.PLAN)),
                Scenario.of(SimStep.of("a", Fault.PREPARE)),
                Scenario.of(SimStep.good("a").irreversible(false)),
                Scenario.of(SimStep.good("a"), SimStep.of("b", Fault.VERIFY_AND_ROLLBACK)),
                Scenario.of(SimStep.good("a"), SimStep.of("b", Fault.APPLY)).verify(Kind.HARMED),
                Scenario.of(SimStep.good("a")).window(Duration.ofHours(-2), Duration.ofHours(3)),
                Scenario.of(SimStep.good("a")).window(Duration.ZERO, Duration.ofMinutes(5)),
                Scenario.of(SimStep.good("a"), SimStep.good("b").within(Duration.ofHours(2))),
                Scenario.of(SimStep.good("a"), SimStep.good("b").within(Duration.ofHours(2)))
                        .onWindowEnd(OnWindowEnd.DEFER),
                Scenario.of(SimStep.of("a", Fault.SLOW).taking(Duration.ofSeconds(149)))
                        .verify(Kind.WELL_AGAIN)
                        .window(Duration.ZERO, Duration.ofMinutes(23)),
                Scenario.of(SimStep.good("a")).verify(Kind.WELL_AGAIN, Kind.ILL_LATE),
                Scenario.of(SimStep.good("a")).verify(Kind.ILL_ONCE_BACK, Kind.ILL_WHEN_CHANGED),
                Scenario.of(SimStep.good("a")).verify(Kind.WELL, Kind.ILL_WHEN_CHANGED, Kind.HARMED),
                Scenario.of(SimStep.good("a")).verify(Kind.HARMED),
                Scenario.of(SimStep.good("a")).verify(Kind.ILL_ONCE_BACK_AGAIN, Kind.ILL_WHEN_CHANGED),
                cancelled(
                        Duration.ofMinutes(5),
                        Mode.MODE_IF_NOT_STARTED,
                        Scenario.of(SimStep.good("a")).window(Duration.ofHours(1), Duration.ofHours(1))),
                cancelled(
                        Duration.ofMinutes(5),
                        Mode.MODE_ROLL_BACK,
                        Scenario.of(SimStep.good("a")).verify(Kind.WELL_AGAIN)))) {
            exercise(scenario, Kills.none());
        }
        // A cancel at every second, so that it comes into every state; a death in the middle of applying with a cancel
        // waiting.
        Scenario settling = Scenario.of(SimStep.good("a").checked(Kind.SETTLES)).verify(Kind.SETTLES);
        for (int second = 0; second < 60; second++) {
            exercise(cancelled(Duration.ofSeconds(second), Mode.MODE_ROLL_BACK, settling), Kills.none());
        }
        Scenario whileApplying = cancelled(Duration.ofSeconds(6), Mode.MODE_ROLL_BACK, settling);
        Scenario lost = Scenario.of(SimStep.good("a"), SimStep.good("b"))
                .verify(Kind.WELL, Kind.ILL_LATE)
                .losingThePlaybook();
        for (int point = 1; point < 90; point++) {
            exercise(whileApplying, Kills.at(point));
            exercise(lost, Kills.at(point));
        }
        try (KeeperLab lab = new KeeperLab(directory)) {
            lab.keeper()
                    .offer(
                            lab.offer("r")
                                    .setWindowOpens(Instants.of(lab.time.wall().plusSeconds(60)))
                                    .build(),
                            lab.envelope());
            lab.writePolicy("allow: none\n");
            lab.time.pass(Duration.ofMinutes(2));
            assertThat(lab.awaitEnd("r")).isEqualTo(RunState.REFUSED);
            EXERCISED.by(lab.events("r"), Optional.empty());
        }
    }

    private static Scenario cancelled(Duration at, Mode mode, Scenario scenario) {
        return scenario.with(new Cancel(at, mode));
    }

    private static void exercise(Scenario scenario, Kills kills) throws Exception {
        Simulation.Story story = new Simulation(scenario, kills, Power.STAYS).tell();
        Promise.holds(story);
        EXERCISED.by(story);
    }

    @Test
    void everyTransitionOfARun() {
        assertThat(EXERCISED.runs()).containsExactlyInAnyOrderElementsOf(RunMachine.TABLE.rows());
    }

    @Test
    void everyTransitionOfAStep() {
        assertThat(EXERCISED.steps()).containsExactlyInAnyOrderElementsOf(StepMachine.STEPS.rows());
    }

    @Test
    void everyTransitionOfACheck() {
        assertThat(EXERCISED.checks()).containsExactlyInAnyOrderElementsOf(StepMachine.CHECKS.rows());
    }

    @Test
    void everyTriggerIsInATable() {
        Set<RunTrigger> used = new HashSet<>();
        RunMachine.TABLE.rows().forEach(row -> used.add(row.trigger()));
        assertThat(used).containsExactlyInAnyOrder(RunTrigger.values());
    }

    @Test
    void theEndsOfARunAreTheOnesThatThePlaybookLanguagePromises() {
        Set<RunState> ends = new HashSet<>();
        RunMachine.TABLE.rows().forEach(row -> ends.add(row.to()));
        ends.removeIf(state -> !RunMachine.ended(state));
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        RunState.SUCCEEDED,
                        RunState.ROLLED_BACK,
                        RunState.ROLLBACK_FAILED,
                        RunState.REFUSED,
                        RunState.EXPIRED,
                        RunState.DEFERRED,
                        RunState.CANCELLED);
    }

    @Test
    void everyStateCanBeReached() {
        Map<RunState, Set<RunState>> next = new HashMap<>();
        RunMachine.TABLE.rows().forEach(row -> next.computeIfAbsent(row.from(), from -> new HashSet<>())
                .add(row.to()));
        Set<RunState> reached = new HashSet<>(Set.of(RunState.OFFERED));
        for (int i = 0; i < RunState.values().length; i++) {
            Stream.of(RunState.values())
                    .filter(reached::contains)
                    .toList()
                    .forEach(state -> reached.addAll(next.getOrDefault(state, Set.of())));
        }
        assertThat(reached).containsAll(next.keySet());
    }
}
