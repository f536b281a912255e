package dev.drydock.playbooks.expr;

import dev.cel.runtime.CelRuntime;
import dev.drydock.proto.facts.v1.Host;
import java.util.Map;

/** A compiled condition. Immutable and thread-safe; evaluating changes nothing. */
public final class HostPredicate {
    private final String expression;
    private final CelRuntime.Program program;

    HostPredicate(String expression, CelRuntime.Program program) {
        this.expression = expression;
        this.program = program;
    }

    /**
     * Strict, for {@code when}: a label that the host does not have is an error, not a no.
     *
     * @param params values as {@link Params#bind} gives them, one for each parameter that the expression was compiled with
     * @throws EvaluationException when there is no answer, for example because of a missing label
     */
    public boolean test(Host host, Map<String, Object> params) throws EvaluationException {
        if (Cel.evaluate(expression, program, host, params) instanceof Boolean answer) {
            return answer;
        }
        throw new EvaluationException("expression '" + expression + "' has no truth value", false);
    }

    /**
     * For selectors and {@code hosts}: an expression that needs a label or key which the host does not have does not select
     * it, whatever else it says. So {@code host.labels.role != "db"} does not select a host without the label
     * {@code role}; {@code !("role" in host.labels) || host.labels.role != "db"} does.
     *
     * @throws EvaluationException for any other error, for example a division by zero
     */
    public boolean selects(Host host, Map<String, Object> params) throws EvaluationException {
        try {
            return test(host, params);
        } catch (EvaluationException e) {
            if (e.absent()) {
                return false;
            }
            throw e;
        }
    }

    /** The source. */
    public String expression() {
        return expression;
    }

    @Override
    public String toString() {
        return expression;
    }
}
