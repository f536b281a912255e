package dev.drydock.playbooks.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Param;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    private static final Host HOST = Host.newBuilder()
            .setName("web-01")
            .addFailedServices("cron")
            .addFailedServices("ssh")
            .build();
    private static final Map<String, Object> VALUES = Map.of("port", 8080L, "site", "/srv/a b", "fast", true);
    private static final Map<String, Param> PARAMS = Map.of(
            "port", new Param("port", Param.Type.INTEGER, Optional.empty(), Optional.empty(), List.of()),
            "site", new Param("site", Param.Type.PATH, Optional.empty(), Optional.empty(), List.of()),
            "fast", new Param("fast", Param.Type.BOOLEAN, Optional.empty(), Optional.empty(), List.of()));

    private static Object resolved(Object value) throws EvaluationException {
        return Objects.requireNonNull(Interpolation.resolve(new Args(Map.of("a", value)), HOST, VALUES)
                .values()
                .get("a"));
    }

    @Test
    void aWholeExpressionKeepsItsType() throws EvaluationException {
        assertThat(resolved("${{ params.port }}")).isEqualTo(8080L);
        assertThat(resolved("${{params.fast}}")).isEqualTo(true);
        assertThat(resolved("${{ params.site }}")).isEqualTo("/srv/a b");
        assertThat(resolved("${{ host.failed_services }}")).isEqualTo(List.of("cron", "ssh"));
        assertThat(resolved("${{ 1.5 * 2.0 }}")).isEqualTo(3.0);
    }

    @Test
    void insideOtherTextItBecomesText() throws EvaluationException {
        assertThat(resolved("http://${{ host.name }}:${{ params.port }}/")).isEqualTo("http://web-01:8080/");
        assertThat(resolved(" ${{ params.port }}")).isEqualTo(" 8080");
    }

    @Test
    void itIsFoundInListsAndMappingsButNotInKeys() throws EvaluationException {
        assertThat(resolved(Map.of("${{ host.name }}", List.of("x", "${{ params.port }}"))))
                .isEqualTo(Map.of("${{ host.name }}", List.of("x", 8080L)));
        assertThat(resolved(5L)).isEqualTo(5L);
    }

    @Test
    void aDollarMoreStandsForItself() throws EvaluationException {
        assertThat(resolved("$${{ params.port }}")).isEqualTo("${{ params.port }}");
        assertThat(resolved("$$ ${ {{ }} $")).isEqualTo("$$ ${ {{ }} $");
    }

    @Test
    void whatComesOutIsNotLookedAtAgain() throws EvaluationException {
        Args args = new Args(Map.of("a", "${{ params.site }}"));

        assertThat(Interpolation.resolve(args, HOST, Map.of("site", "${{ host.name }}"))
                        .string("a"))
                .isEqualTo("${{ host.name }}");
    }

    @Test
    void bracesInsideTextsOfAnExpressionDoNotEndIt() throws EvaluationException {
        assertThat(resolved("${{ '}}' + \"\\\"}}\" }}")).isEqualTo("}}\"}}");
    }

    @Test
    void whatHasNoValueNamesItsArgument() {
        assertThatThrownBy(() -> resolved("${{ host.labels.role }}"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("host.labels.role");
        assertThatThrownBy(() -> resolved("x ${{ host.failed_services }}")).hasMessageContaining("argument 'a'");
        assertThatThrownBy(() -> resolved("${{ host.labels }}")).hasMessageContaining("argument 'a'");
        assertThatThrownBy(() -> resolved("${{ params.port")).hasMessageContaining("is not closed by }}");
    }

    @Test
    void theResultIsBounded() {
        Map<String, Object> long64k = Map.of("site", "x".repeat(65_536));
        Args args = new Args(Map.of("a", "${{ params.site }} ".repeat(20)));

        assertThatThrownBy(() -> Interpolation.resolve(args, HOST, long64k))
                .hasMessageContaining("becomes longer than");
    }

    @ParameterizedTest
    @CsvSource({
        "plain text,TEXT",
        "${{ params.port }},INTEGER",
        "'${{ params.port }} ',TEXT",
        "${{ params.fast }},BOOLEAN",
        "${{ params.site }},TEXT",
        "${{ 1.5 }},NUMBER",
        "${{ host.failed_services }},TEXTS",
        "'${{ params.fast ? dyn(1) : dyn(\"x\") }}',ANY"
    })
    void theTypeIsKnownBefore(String text, ResultType type) throws InvalidExpressionException {
        assertThat(Interpolation.check(text, PARAMS)).isEqualTo(type);
    }

    @Test
    void allMistakesOfATextAreFoundWithTheirPlaces() {
        InvalidExpressionException e = catchThrowableOfType(
                InvalidExpressionException.class,
                () -> Interpolation.check("a ${{ params.prt }} ${{ host.nme }} ${{ host.failed_services }}", PARAMS));

        assertThat(e.issues())
                .extracting(issue -> issue.column() + " " + issue.message())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("7 undeclared parameter params.prt"),
                        second -> assertThat(second).isEqualTo("29 undefined field 'nme'"),
                        third -> assertThat(third).contains("is of type list(string)"));
    }

    @Property
    void textWithoutExpressionsIsNeverChanged(@ForAll String text) throws EvaluationException {
        String plain = text.replace("${{", "");

        assertThat(resolved(plain)).isEqualTo(plain);
    }
}
