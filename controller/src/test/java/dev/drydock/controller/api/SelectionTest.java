package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.web.text.Cel;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SelectionTest {
    /** One host by its name is not asked of CEL: that must not show, whatever the name. */
    @Property(tries = 300)
    void aNameSelectsWhatItsExpressionSelects(@ForAll String name, @ForAll String other) throws Exception {
        for (String filter : new String[] {"host.name == " + Cel.quote(name), "host.name == \"" + name + "\""}) {
            for (String called : new String[] {name, other, ""}) {
                Host host = Host.newBuilder().setName(called).build();
                assertThat(bySelection(filter, host)).as(filter).isEqualTo(byExpression(filter, host));
            }
        }
    }

    private static Optional<Boolean> bySelection(String filter, Host host) {
        try {
            return Optional.of(Selection.of(filter).test(host));
        } catch (InvalidExpressionException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> byExpression(String filter, Host host) throws EvaluationException {
        try {
            return Optional.of(Expressions.compile(filter).selects(host, Map.of()));
        } catch (InvalidExpressionException e) {
            return Optional.empty();
        }
    }
}
