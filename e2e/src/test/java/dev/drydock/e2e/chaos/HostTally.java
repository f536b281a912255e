package dev.drydock.e2e.chaos;

import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts rounds, the faults that came in time, and how the runs ended. Safe for use by several threads. */
final class HostTally {
    private final Map<HostFault, Map<RunState, Integer>> endings = new EnumMap<>(HostFault.class);
    private int rounds;
    private int missed;

    synchronized void add(HostFault fault, boolean inTime, RunState outcome) {
        rounds++;
        if (inTime) {
            endings.computeIfAbsent(fault, f -> new EnumMap<>(RunState.class)).merge(outcome, 1, Integer::sum);
        } else {
            missed++;
        }
    }

    synchronized String text(String title, Duration took) {
        StringBuilder text = new StringBuilder("faults " + title + ": " + rounds + " rounds without a wrong ending in "
                + took.toSeconds() + " s, in " + missed + " of them the fault came after the end\n");
        endings.forEach((fault, outcomes) -> text.append(String.format(
                "  %-18s %4d  %s: %s%n",
                fault, outcomes.values().stream().mapToInt(Integer::intValue).sum(), fault.meaning(), outcomes)));
        Map<RunState, Integer> all = new EnumMap<>(RunState.class);
        endings.values().forEach(some -> some.forEach((state, count) -> all.merge(state, count, Integer::sum)));
        return text.append("  ended as ").append(all).toString();
    }
}
