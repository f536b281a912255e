package dev.drydock.controller.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.web.page.LineDiff.Row;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class LineDiffTest {
    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "c").list().ofMaxSize(12);
    }

    @Property
    void bothTextsAreInIt(@ForAll("texts") List<String> before, @ForAll("texts") List<String> after) {
        List<Row> rows = LineDiff.of(before, after);
        assertThat(rows.stream().filter(row -> row.sign() != '+').map(Row::text))
                .containsExactlyElementsOf(before);
        assertThat(rows.stream().filter(row -> row.sign() != '-').map(Row::text))
                .containsExactlyElementsOf(after);
    }

    @Test
    void whatStaysIsNotTakenAway() {
        assertThat(LineDiff.of(List.of("a", "b", "c"), List.of("a", "x", "c")))
                .containsExactly(new Row(' ', "a"), new Row('-', "b"), new Row('+', "x"), new Row(' ', "c"));
    }
}
