package dev.drydock.playbooks.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Node read(String json) throws SyntaxException {
        return JsonReader.read(json.getBytes(StandardCharsets.UTF_8), 1 << 20);
    }

    /** Numbers of RFC 8785, appendix B, that the language can hold. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000001,5e-324",
        "8000000000000001,-5e-324",
        "7fefffffffffffff,1.7976931348623157e+308",
        "44b52d02c7e14af5,9.999999999999997e+22",
        "44b52d02c7e14af6,1e+23",
        "444b1ae4d6e2ef4e,999999999999999700000",
        "444b1ae4d6e2ef50,1e+21",
        "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d,0.000001",
        "41b3de4355555553,333333333.3333332",
        "becbf647612f3696,-0.0000033333333333333333"
    })
    void doublesAreWrittenAsEcmascriptDoes(String bits, String text) {
        assertThat(JsonWriter.text(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Test
    void keysAreSortedByUtf16Units() {
        assertThat(JsonWriter.text(Map.of(
                        "\u20ac", 1L, "\r", 2L, "\ufb33", 3L, "1", 4L, "\ud83d\ude00", 5L, "\u0080", 6L, "\u00f6", 7L)))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void onlyWhatMustBeIsEscaped() {
        assertThat(JsonWriter.text("\u20ac$\u000f\nA'B\"\\\\\"/\u007f\b\f\t"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\\b\\f\\t\"");
    }

    @Test
    void whatJsonCannotHoldIsRefused() {
        assertThatThrownBy(() -> JsonWriter.text(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonWriter.text(1L << 53)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonWriter.text("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonWriter.text(List.of(new Object()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll("trees") Object tree) throws SyntaxException {
        String json = JsonWriter.text(tree);

        assertThat(read(json).plain()).isEqualTo(tree);
        assertThat(JsonWriter.text(read(json).plain())).isEqualTo(json);
    }

    @Provide
    static Arbitrary<Object> trees() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.strings().filter(Utf8::encodable).asGeneric(),
                Arbitraries.longs()
                        .between(-Limits.MAX_INTEGER, Limits.MAX_INTEGER)
                        .asGeneric(),
                Arbitraries.doubles()
                        .between(-1e6, 1e6)
                        .filter(d -> d != Math.rint(d))
                        .asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).asGeneric(),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(5).filter(Utf8::encodable), inner)
                                .ofMaxSize(3)
                                .asGeneric()),
                0,
                4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "null",
                "tru",
                "{",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "Infinity",
                "\"a",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\ud800\"",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "'a'",
                "// c\n1",
                "9007199254740993"
            })
    void whatIsNoJsonIsRefused(String json) {
        SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> read(json));
        assertThat(Objects.requireNonNull(e, "it was read").problems()).hasSize(1);
    }

    @Test
    void sizeAndDepthAreBounded() throws SyntaxException {
        assertThat(read("[".repeat(50) + "]".repeat(50))).isNotNull();
        assertThatThrownBy(() -> read("[".repeat(51) + "]".repeat(51))).hasMessageContaining("nested more than 50");
        assertThatThrownBy(() -> JsonReader.read(new byte[11], 10)).hasMessageContaining("at most 10");
    }

    @Test
    void placesAreKnown() throws SyntaxException {
        Node.Mapping root = (Node.Mapping) read("{\n  \"a\": [1,\n    2]}");

        Node.Sequence list = (Node.Sequence) root.get("a").orElseThrow();
        assertThat(list.items().get(1).at()).isEqualTo(new Position(3, 5));
    }
}
