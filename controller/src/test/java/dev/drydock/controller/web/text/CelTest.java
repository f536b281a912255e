package dev.drydock.controller.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CelTest {
    private static final Host WEB = Host.newBuilder()
            .setName("web-01")
            .setOs(Os.newBuilder().setPrettyName("Debian GNU/Linux 12"))
            .putLabels("client", "acme")
            .build();

    private static boolean selects(String expression, Host host)
            throws InvalidExpressionException, EvaluationException {
        return Expressions.compile(expression).selects(host, Map.of());
    }

    /** Whatever is typed is a string and nothing else. */
    @Property(tries = 300)
    void aQuotedTextIsThatText(@ForAll @StringLength(max = 40) String text)
            throws InvalidExpressionException, EvaluationException {
        String whole = new String(
                text.codePoints()
                        .filter(point -> point < 0xd800 || point > 0xdfff)
                        .toArray(),
                0,
                (int) text.codePoints()
                        .filter(point -> point < 0xd800 || point > 0xdfff)
                        .count());
        assertThat(selects(
                        "host.name == " + Cel.quote(whole),
                        Host.newBuilder().setName(whole).build()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "acme", "Debian", "web acme", " web-01  12 "})
    void findsByNameLabelAndSystem(String words) throws InvalidExpressionException, EvaluationException {
        assertThat(selects(Cel.search(words), WEB)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "web globex", "\" || true || \"", "\\"})
    void findsNothingElse(String words) throws InvalidExpressionException, EvaluationException {
        assertThat(selects(Cel.search(words), WEB)).isFalse();
    }

    @Test
    void whatIsNotAskedForIsLeftOut() {
        assertThat(Cel.all(List.of(Cel.search("  "), "host.name == \"x\"", " ")))
                .isEqualTo("(host.name == \"x\")");
        assertThat(Cel.all(List.of(""))).isEmpty();
    }
}
