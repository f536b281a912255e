package dev.drydock.agent.run;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.Interpolation;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.expr.InvalidParamsException;
import dev.drydock.playbooks.expr.Params;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Param;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.proto.facts.v1.Host;
import java.util.Map;

/** CEL over this host's facts, with the labels that came with the offer. */
final class HostExpressions implements Expressions {
    private final HostFacts facts;
    private final Map<String, String> labels;
    private final Map<String, Param> declared;
    private final Map<String, Object> params;

    private HostExpressions(
            HostFacts facts, Map<String, String> labels, Map<String, Param> declared, Map<String, Object> params) {
        this.facts = facts;
        this.labels = Map.copyOf(labels);
        this.declared = declared;
        this.params = params;
    }

    /** @throws InvalidParamsException when the values given do not fit the parameters that the playbook declares */
    static HostExpressions of(Playbook playbook, Map<String, String> given, Map<String, String> labels, HostFacts facts)
            throws InvalidParamsException {
        return new HostExpressions(facts, labels, playbook.params(), Params.bind(playbook.params(), given));
    }

    @Override
    public boolean holds(String condition) throws InterruptedException {
        try {
            return compile(condition).test(host(), params);
        } catch (EvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The looser reading of a playbook's {@code hosts}: what needs a label that the host does not have does not select it.
     *
     * @throws IllegalArgumentException when it has no answer at all
     */
    boolean selects(String condition) throws InterruptedException {
        try {
            return compile(condition).selects(host(), params);
        } catch (EvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public Args resolve(Args args) throws InterruptedException {
        try {
            return Interpolation.resolve(args, host(), params);
        } catch (EvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private HostPredicate compile(String condition) {
        try {
            return dev.drydock.playbooks.expr.Expressions.compile(condition, declared);
        } catch (InvalidExpressionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Host host() throws InterruptedException {
        return facts.current().toBuilder().putAllLabels(labels).build();
    }
}
