package dev.drydock.controller.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "",
                "x",
                "/\u0009/evil.example",
                "\\\\evil.example"
            })
    void nothingLeadsToAnotherSite(String next) {
        assertThat(Paths.local(next)).isEqualTo("/");
    }

    @Test
    void ownPathsStay() {
        assertThat(Paths.local("/hosts?q=web&page=2")).isEqualTo("/hosts?q=web&page=2");
    }

    @Property
    void aNameIsOneSegment(@ForAll String name) {
        assertThat(Paths.segment(name)).doesNotContain("/", "?", "#", "\"", "<");
        if (name.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            assertThat(URI.create("/" + Paths.segment(name)).getPath()).isEqualTo("/" + name);
        }
    }

    @Test
    void pagesHaveNeighbours() {
        List<Integer> all = IntStream.range(0, 120).boxed().toList();
        Pager<Integer> second = Pager.of(all, "2", "/hosts", Map.of("q", "a b"));
        assertThat(second.rows()).hasSize(50).startsWith(50);
        assertThat(second.pages()).isEqualTo(3);
        assertThat(second.link(3)).isEqualTo("/hosts?q=a+b&page=3");
        assertThat(Pager.of(all, "99", "/hosts", Map.of()).page()).isEqualTo(3);
        assertThat(Pager.of(all, "-1", "/hosts", Map.of()).page()).isEqualTo(1);
        assertThat(Pager.of(List.of(), "1", "/hosts", Map.of()).first()).isZero();
    }
}
