package dev.drydock.agent.run;

import dev.drydock.agent.run.TransitionTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Where the runs of the {@link Repertoire} go through each row of the engine's tables. */
final class Passages {
    private static final int MOST_OF_A_ROW = 6;

    private final Map<Row<?, ?>, List<Passage>> byRow = new LinkedHashMap<>();

    /**
     * A run goes through a row.
     *
     * @param base the death that leads it there, if any
     * @param before the point just before its event is written
     * @param after the point just after it is durable
     */
    record Passage(Scenario scenario, List<Strike> base, int before, int after) {}

    private Passages() {}

    /** Plays the whole repertoire. Rows that it does not reach have no passages. */
    static Passages find() throws Exception {
        Passages all = new Passages();
        rows().forEach(row -> all.byRow.put(row, new ArrayList<>()));
        for (Repertoire.Piece piece : Repertoire.pieces()) {
            List<Strike> base = piece.death().stream()
                    .mapToObj(point -> Strike.atPoint(Fault.KILL_AGENT, point, Duration.ZERO))
                    .toList();
            all.note(piece.scenario(), base);
        }
        return all;
    }

    /** Every row of every table. */
    static Stream<Row<?, ?>> rows() {
        return Stream.of(RunMachine.TABLE.rows(), StepMachine.STEPS.rows(), StepMachine.CHECKS.rows())
                .flatMap(List::stream);
    }

    private void note(Scenario scenario, List<Strike> base) throws Exception {
        Simulation.Story story = new FaultRound(scenario, base, 0).play().story();
        List<Set<Row<?, ?>>> along = Exercised.along(story);
        for (int event = 0; event < along.size(); event++) {
            Simulation.Passing passing = story.passings().get(event + 1L);
            if (passing == null) {
                continue;
            }
            for (Row<?, ?> row : along.get(event)) {
                List<Passage> known = byRow.computeIfAbsent(row, any -> new ArrayList<>());
                if (known.size() < MOST_OF_A_ROW) {
                    known.add(new Passage(scenario, base, passing.before(), passing.after()));
                }
            }
        }
    }

    List<Passage> of(Row<?, ?> row) {
        return List.copyOf(byRow.getOrDefault(row, List.of()));
    }

    Passage any(Row<?, ?> row, Random random) {
        List<Passage> all = of(row);
        return all.get(random.nextInt(all.size()));
    }
}
