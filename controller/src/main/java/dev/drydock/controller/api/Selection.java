package dev.drydock.controller.api;

import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Filters of hosts as people write them. */
final class Selection {
    private Selection() {}

    /**
     * @param filter CEL over {@code host}; empty: all hosts
     * @return fails with INVALID_ARGUMENT, naming the host, where the filter has no answer for one
     * @throws InvalidExpressionException when it does not compile
     */
    static Predicate<Host> of(String filter) throws InvalidExpressionException {
        if (filter.isBlank()) {
            return host -> true;
        }
        HostPredicate predicate = Expressions.compile(filter);
        return host -> {
            try {
                return predicate.selects(host, Map.of());
            } catch (EvaluationException e) {
                throw Refusals.invalid(
                        List.of("filter: has no answer for host " + host.getName() + ": " + e.getMessage()));
            }
        };
    }
}
