package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WpVersionTest {
    /** What PHP's version_compare answers to these. */
    @ParameterizedTest
    @CsvSource({
        "6.4.5, 6.4.5, 0",
        "6.4, 6.4.0, -1",
        "6.4.10, 6.4.9, 1",
        "6.5, 6.4.5, 1",
        "7.1.1, 6.5.5, 1",
        "6.5-RC1, 6.5, -1",
        "6.5-beta2, 6.5-RC1, -1",
        "6.5-alpha, 6.5-beta1, -1",
        "6.5-dev, 6.5-alpha, -1",
        "6.5RC1, 6.5RC2, -1",
        "1.0pl1, 1.0, 1",
        "1.0xyz, 1.0dev, -1",
        "1_2, 1.2, 0",
        "20240101, 5.3, 1",
        "1.0.0.1, 1.0, 1"
    })
    void theOrderIsThatOfPhp(String left, String right, int order) {
        assertThat(Integer.signum(WpVersion.compare(left, right))).isEqualTo(order);
        assertThat(Integer.signum(WpVersion.compare(right, left))).isEqualTo(-order);
    }

    @Test
    void allOfABranchSort() {
        List<String> order = List.of("6.4-alpha", "6.4-beta1", "6.4-RC1", "6.4-RC2", "6.4", "6.4.1", "6.4.10", "6.5");
        List<String> mixed = new ArrayList<>(order);
        Collections.shuffle(mixed, new Random(1));
        mixed.sort(WpVersion.ORDER);
        assertThat(mixed).isEqualTo(order);
    }

    @Test
    void aBranchIsTheFirstTwoNumbers() {
        assertThat(WpVersion.sameBranch("6.4", "6.4.5")).isTrue();
        assertThat(WpVersion.sameBranch("6.4.5", "6.5")).isFalse();
        assertThat(WpVersion.sameBranch("6", "6.0.3")).isTrue();
    }
}
