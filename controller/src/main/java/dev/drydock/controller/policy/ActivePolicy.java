package dev.drydock.controller.policy;

import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.expr.TimedPredicate;
import dev.drydock.playbooks.policy.Check;
import dev.drydock.playbooks.policy.Policy;
import dev.drydock.proto.facts.v1.Host;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A policy that applies now, its expressions compiled.
 *
 * @param conditions by the ids of their rules
 * @param builtIn nobody pushed it
 */
public record ActivePolicy(
        String reference,
        Policy policy,
        Optional<HostPredicate> selector,
        Map<String, TimedPredicate> conditions,
        boolean builtIn) {
    public ActivePolicy {
        conditions = Map.copyOf(conditions);
    }

    /** @throws InvalidExpressionException when it was taken by another release that knew more */
    static ActivePolicy of(String reference, Policy policy, boolean builtIn) throws InvalidExpressionException {
        Map<String, TimedPredicate> conditions = new HashMap<>();
        for (Policy.Rule rule : policy.rules()) {
            if (rule.check() instanceof Check.Condition condition) {
                conditions.put(rule.id(), Expressions.compileTimed(condition.expression()));
            }
        }
        Optional<HostPredicate> selector = policy.hosts().isEmpty()
                ? Optional.empty()
                : Optional.of(Expressions.compile(policy.hosts().get()));
        return new ActivePolicy(reference, policy, selector, conditions, builtIn);
    }

    public String name() {
        return policy.name();
    }

    /** @throws EvaluationException where its selector has no answer */
    public boolean isFor(Host host) throws EvaluationException {
        return selector.isEmpty() || selector.get().selects(host, Map.of());
    }
}
