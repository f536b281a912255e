package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of every table is gone through by a run; a new row needs a piece in the {@link Repertoire}. */
class MachineCoverageTest {
    private static final Exercised EXERCISED = new Exercised();

    @BeforeAll
    static void runEverything(@TempDir Path directory) throws Exception {
        for (Repertoire.Piece piece : Repertoire.pieces()) {
            Simulation.Story story = new Simulation(piece.scenario(), piece.kills(), Power.STAYS).tell();
            Promise.holds(story);
            EXERCISED.by(story);
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
