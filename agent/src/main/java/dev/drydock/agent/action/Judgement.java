package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import java.util.function.Function;

/**
 * The rule by which all checks compare with the time before the change: what fails now in the very way in which it failed
 * then is no regression.
 */
final class Judgement {
    private Judgement() {}

    /**
     * @param baseline without fields where there is nothing to compare with
     * @param problem what is wrong with an observation, told without what varies by itself; empty when nothing is
     * @param measured an observation for people
     */
    static Finding of(
            Struct baseline, Struct now, Function<Struct, String> problem, Function<Struct, String> measured) {
        boolean compare = baseline.getFieldsCount() > 0;
        String seen = measured.apply(now) + (compare ? " (before: " + measured.apply(baseline) + ")" : "");
        String wrong = problem.apply(now);
        if (wrong.isEmpty()) {
            return Finding.holds(seen);
        }
        if (compare && wrong.equals(problem.apply(baseline))) {
            return Finding.holds(seen + ", no regression: " + wrong);
        }
        return Finding.fails(seen, wrong);
    }
}
