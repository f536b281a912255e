package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    private static final List<String> NOUNS = List.of("host", "playbook", "rollout", "run", "window");

    @Test
    void slipsAreForgivenAndOtherWordsAreNot() {
        assertThat(Suggestions.nearest("rolout", NOUNS)).contains("rollout");
        assertThat(Suggestions.nearest("ohst", NOUNS)).contains("host");
        assertThat(Suggestions.nearest("play", NOUNS)).contains("playbook");
        assertThat(Suggestions.nearest("--fliter=x", List.of("--filter", "--output")))
                .contains("--filter");
        assertThat(Suggestions.nearest("doctor", NOUNS)).isEmpty();
    }

    @Property(tries = 200)
    void distanceIsAMetricOfNeighbours(@ForAll("words") String a, @ForAll("words") String b) {
        int distance = Suggestions.distance(a, b);

        assertThat(distance).isEqualTo(Suggestions.distance(b, a));
        assertThat(distance == 0).isEqualTo(a.equals(b));
        assertThat(distance).isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(6);
    }
}
