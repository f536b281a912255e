package dev.drydock.playbooks.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.playbooks.model.Param;
import dev.drydock.proto.facts.v1.Filesystem;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final Host HOST = Host.newBuilder()
            .setName("web-01")
            .putLabels("role", "web")
            .setOs(Os.newBuilder().setFamily("debian").setVersion("12"))
            .addFilesystems(Filesystem.newBuilder().setMount("/var").setUsedPercent(80))
            .setPackages(Packages.newBuilder().setPendingSecurity(3))
            .addFailedServices("cron")
            .build();
    private static final Map<String, Param> PARAMS = Map.of(
            "port", param("port", Param.Type.INTEGER),
            "site", param("site", Param.Type.PATH),
            "fast", param("fast", Param.Type.BOOLEAN));
    private static final Map<String, Object> VALUES = Map.of("port", 80L, "site", "/var/www", "fast", true);

    private static Param param(String name, Param.Type type) {
        return new Param(name, type, Optional.empty(), Optional.empty(), List.of());
    }

    private static List<String> refused(String expression) {
        InvalidExpressionException e =
                catchThrowableOfType(InvalidExpressionException.class, () -> Expressions.compile(expression, PARAMS));
        return Objects.requireNonNull(e, "it compiled").issues().stream()
                .map(issue -> issue.column() + ": " + issue.message()
                        + issue.suggestion().map(name -> " [" + name + "]").orElse(""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host.os.family in ['debian', 'rhel'] && host.labels.role == 'web'",
                "host.labels['role'].startsWith('w')",
                "host.packages.pending_security > 0",
                "host.filesystems.exists(f, f.mount == '/var' && f.used_percent < 90)",
                "'cron' in host.failed_services",
                "!('zone' in host.labels) || host.labels.zone == 'a'",
                "host.name.matches('^web-[0-9]+$')",
                "params.port == 80 && params.fast && params.site == '/var/www'",
                "int(host.os.version) >= 12",
                "has(host.labels.role)"
            })
    void conditionsThatHold(String expression) throws InvalidExpressionException, EvaluationException {
        assertThat(Expressions.compile(expression, PARAMS).test(HOST, VALUES)).isTrue();
    }

    @Test
    void aMissingLabelIsNoForSelectorsAndAnErrorForSteps() throws InvalidExpressionException, EvaluationException {
        HostPredicate predicate = Expressions.compile("host.labels.zone != 'a'");

        assertThat(predicate.selects(HOST, Map.of())).isFalse();
        EvaluationException e = catchThrowableOfType(EvaluationException.class, () -> predicate.test(HOST, Map.of()));
        assertThat(e.absent()).isTrue();
        assertThat(e).hasMessageContaining("host.labels.zone != 'a'").hasMessageContaining("web-01");
    }

    @Test
    void otherErrorsAreErrorsForSelectorsToo() throws InvalidExpressionException {
        HostPredicate predicate = Expressions.compile("1 / (host.packages.pending_security - 3) == 1");

        assertThatThrownBy(() -> predicate.selects(HOST, Map.of())).isInstanceOf(EvaluationException.class);
    }

    @Test
    void mistakesAreFoundBeforeAnyHostSeesThem() {
        assertThat(refused("host.os.famly == 'debian'")).containsExactly("8: undefined field 'famly' [family]");
        assertThat(refused("params.prt == 80 && host.nme == ''"))
                .containsExactly(
                        "1: undeclared parameter params.prt (declared are fast, port, site) [params.port]",
                        "25: undefined field 'nme' [name]");
        assertThat(refused("params.port == '80'")).containsExactly("13: '==' does not work on int and string");
        assertThat(refused("host.name")).singleElement().asString().contains("expected type 'bool' but found 'string'");
        assertThat(refused("size(params) == 1"))
                .contains("6: parameters are written params.NAME; params alone has no value");
        assertThat(refused("host.name = 'x'")).first().isEqualTo("11: unexpected '='; compare with ==");
        assertThat(refused("")).isNotEmpty();
    }

    @Test
    void withoutParametersNoneMayBeNamed() {
        assertThatThrownBy(() -> Expressions.compile("params.port == 80"))
                .isInstanceOf(InvalidExpressionException.class)
                .hasMessageContaining("there are no parameters here");
    }

    @Test
    void lengthAndDepthAreBounded() {
        assertThat(refused("true" + " || true".repeat(600))).isNotEmpty();
        assertThat(refused("(".repeat(200) + "true" + ")".repeat(200))).isNotEmpty();
        assertThat(refused("[".repeat(1000))).isNotEmpty();
        assertThat(refused("host.name.matches('" + "(a|b)".repeat(10) + "') == 1"))
                .isNotEmpty();
    }

    @Test
    void iterationsAreBounded() throws InvalidExpressionException {
        String ten = "[1,2,3,4,5,6,7,8,9,10]";
        HostPredicate endless = Expressions.compile(ten + ".all(a, " + ten + ".all(b, " + ten + ".all(c, " + ten
                + ".all(d, " + ten + ".all(e, " + ten + ".all(f, a > 0))))))");

        assertThatThrownBy(() -> endless.test(HOST, Map.of()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("teration");
    }

    @Test
    void regularExpressionsCannotExplode() throws InvalidExpressionException, EvaluationException {
        Host host = HOST.toBuilder().setName("a".repeat(200)).build();

        assertThat(Expressions.compile("host.name.matches('^(a+)+$')").test(host, Map.of()))
                .isTrue();
        HostPredicate large = Expressions.compile("host.name.matches('" + "(abc|def)".repeat(400) + "')");
        assertThatThrownBy(() -> large.test(host, Map.of())).isInstanceOf(EvaluationException.class);
    }

    /** What is written out takes all memory before its size is looked at. */
    @Test
    void countsOfRegularExpressionsAreBoundedBeforeTheyAreWrittenOut() {
        String large =
                "18: the pattern of matches is too large: its counts, as {1,100}, multiply; use fewer or smaller ones";
        assertThat(refused("host.name.matches('(((a{1,1000}){1,1000}){1,1000})')"))
                .containsExactly(large);
        assertThat(refused("host.name.matches('((((a{99,}){99}){99}){99}')")).containsExactly(large);
        assertThat(refused("host.name.matches('" + "(abc|def){50}".repeat(20) + "')"))
                .containsExactly(large);
        // However it is called, and wherever.
        assertThat(refused("host.labels.all(k, matches(k, '((a{1000}){1000}){1000}'))"))
                .singleElement()
                .asString()
                .contains("too large");
        assertThat(refused("host.name.matches('a{1,' + '1000}')"))
                .containsExactly(
                        "18: the pattern of matches is to be written out as a text, so that its size is known");
    }

    @Test
    void countsThatPeopleWriteAreFine() throws InvalidExpressionException, EvaluationException {
        Host host =
                HOST.toBuilder().setName("0b5f8f7e-8c1d-4f0a-9a53-6d2f0e7c1b42").build();
        assertThat(Expressions.compile(
                                "host.name.matches('^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$')")
                        .test(host, Map.of()))
                .isTrue();
    }
}
