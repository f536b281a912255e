package dev.drydock.agent.run;

import dev.drydock.agent.run.StepMachine.CheckTrigger;
import dev.drydock.agent.run.StepMachine.StepTrigger;
import dev.drydock.agent.run.TransitionTable.Row;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rows of the tables journals have gone through. */
final class Exercised {
    private final Set<Row<RunState, RunTrigger>> runs = new HashSet<>();
    private final Set<Row<StepState, StepTrigger>> steps = new HashSet<>();
    private final Set<Row<StepState, CheckTrigger>> checks = new HashSet<>();

    Set<Row<RunState, RunTrigger>> runs() {
        return runs;
    }

    Set<Row<StepState, StepTrigger>> steps() {
        return steps;
    }

    Set<Row<StepState, CheckTrigger>> checks() {
        return checks;
    }

    void by(Simulation.Story story) {
        by(
                story.journal(),
                Optional.of(
                        new Planner(story.program(), new Budget(story.program(), Estimates.NONE, Optional.empty()))));
    }

    /** @param planner says why, where two rows lead from one state to another; it is pure, so it says it again */
    void by(List<RunEvent> journal, Optional<Planner> planner) {
        for (Set<Row<?, ?>> rows : along(journal, planner)) {
            RunMachine.TABLE.rows().stream().filter(rows::contains).forEach(runs::add);
            StepMachine.STEPS.rows().stream().filter(rows::contains).forEach(steps::add);
            StepMachine.CHECKS.rows().stream().filter(rows::contains).forEach(checks::add);
        }
    }

    static List<Set<Row<?, ?>>> along(Simulation.Story story) {
        return along(
                story.journal(),
                Optional.of(
                        new Planner(story.program(), new Budget(story.program(), Estimates.NONE, Optional.empty()))));
    }

    /** The rows that each event of the journal goes through. */
    private static List<Set<Row<?, ?>>> along(List<RunEvent> journal, Optional<Planner> planner) {
        List<Set<Row<?, ?>>> all = new ArrayList<>();
        RunSnapshot before = RunSnapshot.NONE;
        for (RunEvent event : journal) {
            RunSnapshot after = RunFold.apply(before, event);
            if (event.hasStep()) {
                all.add(step(before, event.getStep()));
            } else {
                all.add(
                        after.state() == before.state()
                                ? Set.of()
                                : run(before, after, Instants.of(event.getAt()), planner));
            }
            before = after;
        }
        return all;
    }

    private static Set<Row<?, ?>> run(RunSnapshot before, RunSnapshot after, Instant at, Optional<Planner> planner) {
        List<Row<RunState, RunTrigger>> rows = RunMachine.TABLE.rows().stream()
                .filter(row -> row.from() == before.state() && row.to() == after.state())
                .toList();
        if (rows.size() == 1) {
            return Set.copyOf(rows);
        }
        RunTrigger trigger = after.reason().startsWith("cannot go on after a restart")
                ? RunTrigger.UNUSABLE
                : after.reason().startsWith("CANNOT GO ON OR BACK")
                        ? RunTrigger.WAY_BACK_LOST
                        : trigger(planner.orElseThrow().next(before, at));
        return rows.stream().filter(row -> row.trigger() == trigger).collect(Collectors.toSet());
    }

    private static RunTrigger trigger(Decision decision) {
        return switch (decision) {
            case Decision.Move(var trigger, var reason) -> trigger;
            case Decision.Finish(var trigger, var reason) -> trigger;
            default -> throw new AssertionError("no transition follows from " + decision);
        };
    }

    private static Set<Row<?, ?>> step(RunSnapshot run, StepTransition event) {
        Position at = new Position(event.getPhase(), event.getIndex());
        StepState from = run.at(at).state();
        Stream<? extends Row<StepState, ?>> rows =
                Steps.isStep(at) ? StepMachine.STEPS.rows().stream() : StepMachine.CHECKS.rows().stream();
        return rows.filter(row -> row.from() == from && row.to() == event.getState())
                .collect(Collectors.toSet());
    }
}
