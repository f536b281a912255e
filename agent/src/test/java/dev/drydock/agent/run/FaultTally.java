package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.RunState;
import java.util.EnumMap;
import java.util.Map;

/** Counts rounds, the faults that came to pass in them, and how they ended. */
final class FaultTally {
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final Map<RunState, Integer> outcomes = new EnumMap<>(RunState.class);
    private int rounds;
    private int deaths;
    private int sentAgain;

    void add(FaultRound.Ending ending) {
        rounds++;
        deaths += ending.story().deaths();
        sentAgain += ending.story().sentAgain();
        ending.struck().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        outcomes.merge(ending.outcome(), 1, Integer::sum);
    }

    String text(String title) {
        StringBuilder text = new StringBuilder(
                "faults " + title + ": " + rounds + " rounds without a wrong ending, the agent came back " + deaths
                        + " times, events sent again " + sentAgain + "\n");
        faults.forEach(
                (fault, count) -> text.append(String.format("  %-18s %6d  %s%n", fault, count, fault.meaning())));
        text.append("  ended as ").append(outcomes);
        return text.toString();
    }
}
