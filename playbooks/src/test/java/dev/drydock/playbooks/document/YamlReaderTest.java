package dev.drydock.playbooks.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static Node read(String yaml) throws SyntaxException {
        return YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> refused(byte[] file) {
        SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> YamlReader.read(file));
        return Objects.requireNonNull(e, "it was read").problems().stream()
                .map(problem -> problem.at().line() + ":" + problem.at().column() + ": " + problem.message())
                .toList();
    }

    private static List<String> refused(String yaml) {
        return refused(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void valuesKeepTheirTypesAndPlaces() throws SyntaxException {
        Node.Mapping root = (Node.Mapping) read("a: [1, 1.5, true, text]\nb: {c: 'quoted'}\n");

        assertThat(root.plain()).isEqualTo(Map.of("a", List.of(1L, 1.5, true, "text"), "b", Map.of("c", "quoted")));
        Node.Sequence list = (Node.Sequence) root.get("a").orElseThrow();
        assertThat(list.items()).extracting(Node::at).contains(new Position(1, 5), new Position(1, 19));
        Node.Mapping inner = (Node.Mapping) root.get("b").orElseThrow();
        Node.Scalar quoted = (Node.Scalar) inner.get("c").orElseThrow();
        assertThat(quoted.at()).isEqualTo(new Position(2, 8));
        assertThat(quoted.text()).contains(new Position(2, 9));
    }

    @Test
    void placesCountCodePoints() throws SyntaxException {
        Node.Mapping root = (Node.Mapping) read("{'\uD83D\uDE80': a, b: c}");

        assertThat(root.get("b").orElseThrow().at()).isEqualTo(new Position(1, 13));
    }

    /** The core schema of YAML 1.2: no surprises of 1.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "no",
                "on",
                "off",
                "y",
                "N",
                "1:30",
                "2026-11-24",
                "1_000",
                "0x1f",
                "1.2.3",
                ".",
                "=",
                "<<"
            })
    void whatOtherReadersTakeForSomethingElseIsText(String text) throws SyntaxException {
        assertThat(((Node.Mapping) read("a: " + text + "\n")).plain()).isEqualTo(Map.of("a", text));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-7,-7", "+7,7", "1.0,1", "1e3,1000", "9007199254740991,9007199254740991", "0,0", "-0,0"})
    void wholeNumbersAreLongs(String text, long value) throws SyntaxException {
        assertThat(read("a: " + text).plain()).isEqualTo(Map.of("a", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"010", "-007", "9007199254740992", "1e400", "99999999999999999999999999"})
    void numbersThatReadersDisagreeOnAreRefused(String text) {
        assertThat(refused("a: " + text)).singleElement().asString().startsWith("1:4: the number " + text + " is ");
    }

    @Test
    void everythingRefusedComesAtOnceInOrder() {
        assertThat(refused("a: &x 1\nb: *x\na: !!int '2'\nc: 08\n---\nd: 1\n"))
                .containsExactly(
                        "1:4: anchors are not allowed (&x); write the value out where it is used",
                        "2:4: aliases are not allowed (*x); write the value out",
                        "3:1: duplicate key 'a', first written on line 1",
                        "3:4: tags are not allowed (!!int); remove it",
                        "4:4: the number 08 is ambiguous (octal or decimal?); quote it: \"08\"",
                        "5:1: a second document begins here; a file holds one");
    }

    @Test
    void aBombOfAliasesIsRefusedAndNotUnfolded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 60; i++) {
            String previous = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(9, previous))));
        }

        assertThat(refused(bomb.toString())).hasSize(60 + 59 * 9).allMatch(problem -> problem.contains("not allowed"));
    }

    @Test
    void merelyLongFilesAreReadAndLongerOnesRefusedUnread() throws SyntaxException {
        byte[] file = new byte[Limits.MAX_BYTES];
        Arrays.fill(file, (byte) 'a');

        assertThat(((Node.Scalar) YamlReader.read(file)).value()).asString().hasSize(Limits.MAX_BYTES);
        assertThat(refused(Arrays.copyOf(file, Limits.MAX_BYTES + 1)))
                .containsExactly("1:1: the file has 262145 bytes, at most 262144 are allowed");
    }

    @Test
    void depthIsBounded() throws SyntaxException {
        String deepest = "[".repeat(Limits.MAX_DEPTH) + "]".repeat(Limits.MAX_DEPTH);

        assertThat(read(deepest)).isInstanceOf(Node.Sequence.class);
        assertThat(refused("[" + deepest + "]")).containsExactly("1:51: nested more than 50 levels deep");
        assertThat(refused("[".repeat(100_000))).containsExactly("1:51: nested more than 50 levels deep");
        assertThat(refused("a: " + "{a: ".repeat(60))).containsExactly("1:200: nested more than 50 levels deep");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
        assertThat(refused(HexFormat.of().parseHex("613a20c3a90a623a20ff")))
                .containsExactly("2:4: not UTF-8: byte 0xff here");
        assertThat(refused(HexFormat.of().parseHex("613a20c0af"))).containsExactly("1:4: not UTF-8: byte 0xc0 here");
        assertThat(refused(HexFormat.of().parseHex("613a20eda080"))).containsExactly("1:4: not UTF-8: byte 0xed here");
        assertThat(refused(HexFormat.of().parseHex("613a20e282"))).containsExactly("1:4: not UTF-8: byte 0xe2 here");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws SyntaxException {
        assertThat(read("\uFEFFa: 1").plain()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void controlCharactersAreRefused() {
        assertThat(refused("a: b\nc: x\u0000y"))
                .containsExactly("2:5: not valid YAML: the control character U+0000 is not allowed");
        assertThat(refused("a: \u001b[31mred"))
                .containsExactly("1:4: not valid YAML: the control character U+001B is not allowed");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertThat(refused("a: \"\\uD800\"")).singleElement().asString().contains("surrogate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a", "[1, 2", "a: b: c", "a: 'x", "- a\nb", "a: @x", "%YAML 3.0\n---\na", "? {a: b}\n: c"})
    void brokenSyntaxIsSaidWithItsPlace(String yaml) {
        assertThat(refused(yaml)).isNotEmpty().allMatch(problem -> problem.matches("(?s)\\d+:\\d+: .+"));
    }

    @Test
    void anEmptyFileIsNothing() throws SyntaxException {
        assertThat(((Node.Scalar) read("# only a comment\n")).value()).isNull();
    }

    /** Whatever is in the file: it is read or refused with a place, and nothing else is thrown. */
    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] file) {
        try {
            assertThat(YamlReader.read(file)).isNotNull();
        } catch (SyntaxException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.at().line()).isPositive();
                assertThat(problem.at().column()).isPositive();
            });
        }
    }

    @Property(tries = 500)
    void anyTextOfYamlsOwnSignsIsReadOrRefused(
            @ForAll
                    @Chars({
                        'a', ':', ' ', '\n', '-', '[', ']', '{', '}', ',', '\'', '"', '|', '>', '&', '*', '!', '#', '?',
                        '%', '@', '1', '.', '\\', '\t'
                    })
                    @StringLength(max = 40)
                    String yaml) {
        anyBytesAreReadOrRefused(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
