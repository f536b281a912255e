package dev.drydock.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAlignedAlsoUnderWideCharacters() {
        Table table = Table.of("A", "B").row("日本", "x").row("abc", "y");

        assertThat(table.render(OptionalInt.empty(), Paint.PLAIN)).containsExactly("A     B", "日本  x", "abc   y");
    }

    @Test
    void theNameIsTheLastToBeCut() {
        Table table = Table.of("NAME", "TEXT").row("a-long-host-name", "a much longer reason than fits");

        assertThat(table.render(OptionalInt.of(30), Paint.PLAIN))
                .containsExactly("NAME              TEXT", "a-long-host-name  a much long…");
    }

    @Test
    void columnsThatSayNothingCanBeLeftOut() {
        Table table = Table.of("NAME", "WHY", "COUNT").row("a", "-", "0").row("b", "-", "2");

        assertThat(table.withoutEmpty("WHY", "COUNT").render(OptionalInt.empty(), Paint.PLAIN))
                .containsExactly("NAME  COUNT", "a     0", "b     2");
    }

    @Property(tries = 200)
    void noLineIsWiderThanTheTerminal(
            @ForAll @Size(min = 1, max = 8) List<String> cells, @ForAll @IntRange(min = 40, max = 120) int width) {
        Table table = Table.plain().row(cells.toArray(String[]::new));

        assertThat(table.render(OptionalInt.of(width), Paint.PLAIN))
                .allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(width));
    }
}
