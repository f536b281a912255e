package dev.drydock.playbooks.expr;

import dev.drydock.playbooks.model.Param;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compiles the language's expressions: CEL, type-checked, over {@code host} (the facts, {@code drydock.facts.v1.Host}) and
 * {@code params} (the declared parameters, typed). Length, depth, iterations and regular expressions are bounded.
 */
public final class Expressions {
    private Expressions() {}

    /** A condition over {@code host} alone, as in a selector. */
    public static HostPredicate compile(String cel) throws InvalidExpressionException {
        return compile(cel, Map.of());
    }

    /** A condition over {@code host} and the declared parameters. Anything but a truth value is refused. */
    public static HostPredicate compile(String cel, Map<String, Param> params) throws InvalidExpressionException {
        return new HostPredicate(cel, Cel.program(Cel.compile(cel, types(params), true)));
    }

    /** A condition over {@code host} and {@code now}, the time at which it is asked. */
    public static TimedPredicate compileTimed(String cel) throws InvalidExpressionException {
        return new TimedPredicate(cel, Cel.program(Cel.compileTimed(cel)));
    }

    static Map<String, Param.Type> types(Map<String, Param> params) {
        return params.values().stream().collect(Collectors.toMap(Param::name, Param::type));
    }
}
