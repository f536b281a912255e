package dev.drydock.playbooks.expr;

import dev.cel.runtime.CelRuntime;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.util.regex.Pattern;

/** A compiled condition over {@code host} and {@code now}. Immutable and thread-safe; evaluating changes nothing. */
public final class TimedPredicate {
    private static final Pattern NOW = Pattern.compile("\\bnow\\b");

    private final String expression;
    private final CelRuntime.Program program;

    TimedPredicate(String expression, CelRuntime.Program program) {
        this.expression = expression;
        this.program = program;
    }

    /** @throws EvaluationException when there is no answer, for example because of a missing label */
    public boolean test(Host host, Instant now) throws EvaluationException {
        if (Cel.evaluate(expression, program, host, now) instanceof Boolean answer) {
            return answer;
        }
        throw new EvaluationException("expression '" + expression + "' has no truth value", false);
    }

    /** Whether its answer may be another one later for the same host; says rather yes than no. */
    public boolean asksForTheTime() {
        return NOW.matcher(expression).find();
    }

    @Override
    public String toString() {
        return expression;
    }
}
