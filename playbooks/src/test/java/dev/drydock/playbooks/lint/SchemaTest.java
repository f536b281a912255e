package dev.drydock.playbooks.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.document.YamlReader;
import dev.drydock.playbooks.library.Library;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Problems;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaTest {
    private static final List<String> NAMES = Actions.NAMES;
    private static final Schema.Text DURATION = type("duration");
    private static final Schema.Text SIZE = type("size");

    private static Schema.Text type(String name) {
        return (Schema.Text) new SchemaReader().schema("types.json", Map.of("$ref", "types.json#/$defs/" + name));
    }

    private static Schema.Keys member(Schema schema, String key) {
        return schema instanceof Schema.Keys keys && keys.properties().get(key) instanceof Schema.Keys member
                ? member
                : fail("there is no mapping " + key);
    }

    private static Schema.Items items(@Nullable Schema schema) {
        return schema instanceof Schema.Items items ? items : fail("is no list: " + schema);
    }

    private static List<String> problems(Schema schema, Node node) {
        Problems problems = new Problems("x");
        new ArgumentChecker(problems, new ExpressionChecker(problems, Map.of(), false)).check(schema, node, "");
        return problems.list().stream().map(Object::toString).toList();
    }

    @Test
    void everyFragmentIsNamed() throws IOException, URISyntaxException {
        Path directory = Path.of(SchemaTest.class.getResource("/schema/actions").toURI());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(NAMES);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void fragmentsAreWholeAndTheirExamplesRight(String name) throws SyntaxException {
        Map<?, ?> json = new SchemaReader().file("actions/" + name + ".json");
        ActionSchema action = Actions.ALL.find(name).orElseThrow();

        assertThat(json.get("title")).isEqualTo(name);
        assertThat((String) json.get("description")).endsWith(".");
        assertThat(action.examples()).isNotEmpty();
        for (Object example : action.examples()) {
            assertThat(problems(action.arguments(), JsonReader.read(JsonWriter.write(example), 10_000)))
                    .isEmpty();
        }
        Set<String> arguments = action.keys().properties().keySet();
        if (action.check()) {
            assertThat(arguments).contains("grace", "again");
        } else {
            assertThat(arguments).doesNotContain("grace", "again");
        }
        assertThat(arguments).containsAll(action.shorthand().stream().toList());
    }

    @Test
    void theWholeSchemaKnowsTheSameActions() {
        Schema.Keys spec = member(new SchemaReader().schema("playbook.schema.json"), "spec");
        for (String kind : List.of("steps", "verify")) {
            Schema.Keys entry = (Schema.Keys) items(spec.properties().get(kind)).item();
            Set<String> keys = entry.properties().keySet().stream()
                    .filter(key -> key.contains("."))
                    .collect(Collectors.toSet());
            assertThat(entry.exactlyOne()).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(keys)
                    .isEqualTo(Actions.ALL.actions().stream()
                            .filter(name -> Actions.ALL
                                    .refuse(name, kind.equals("verify"))
                                    .isEmpty())
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void theWholeSchemaTakesTheLibraryAndRefusesWhatTheParserRefuses() throws SyntaxException {
        Schema whole = new SchemaReader().schema("playbook.schema.json");
        for (String name : Library.names()) {
            Node document = YamlReader.read(Library.source(name).getBytes(StandardCharsets.UTF_8));
            assertThat(problems(whole, document)).isEmpty();
        }
        String broken = Library.source("security-updates").replace("onFailure: rollback", "onFailure: rolback");
        assertThat(problems(whole, YamlReader.read(broken.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(
                        "x:20:14: spec.onFailure: expected one of rollback, stop, found 'rolback'; did you mean rollback?");
    }

    @Property
    void durationsOfTheSchemaAreThoseOfTheLanguage(
            @ForAll @StringLength(max = 12) @CharRange(from = '0', to = '9') @Chars({'d', 'h', 'm', 's', '\n', ' '})
                    String text) {
        assertThat(DURATION.holds(text)).isEqualTo(Units.duration(text).isPresent());
    }

    @Property
    void sizesOfTheSchemaAreThoseOfTheLanguage(
            @ForAll @StringLength(max = 4) @CharRange(from = '0', to = '9') @Chars({' ', '.', '-'}) String count,
            @ForAll("units") String unit) {
        assertThat(SIZE.holds(count + unit)).isEqualTo(Units.bytes(count + unit).isPresent());
    }

    @Provide
    static Arbitrary<String> units() {
        return Arbitraries.of("B", "KiB", "MiB", "GiB", "TiB", "kB", "MB", "", "GiB\n");
    }

    @Test
    void aPatternedTextIsOneLine() {
        assertThat(DURATION.holds("10m")).isTrue();
        assertThat(DURATION.holds("10m\n")).isFalse();
    }

    @ParameterizedTest
    @FieldSource("PATHS")
    void pathsAreAbsoluteAndStayWhereTheySay(String path, boolean right) {
        assertThat(type("path").holds(path)).isEqualTo(right);
    }

    static final List<Arguments> PATHS = List.of(
            Arguments.of("/", true),
            Arguments.of("/var/..www/a..b/...", true),
            Arguments.of("/var/../etc", false),
            Arguments.of("/..", false),
            Arguments.of("var", false),
            Arguments.of("", false),
            Arguments.of("/a\u0000b", false));

    @Test
    void aKeywordThatNobodyEnforcesIsRefused() {
        assertThatThrownBy(() -> new SchemaReader().schema("types.json", Map.of("type", "string", "format", "uri")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'format' is not known");
    }
}
