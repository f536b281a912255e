package dev.drydock.agent.host.outdated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UnitOrderTest {
    private static final List<String> UNITS = List.of("a", "b", "c", "d", "e", "f");

    @Test
    void whatOthersAreStartedAfterComesFirst() {
        assertThat(UnitOrder.of(
                        List.of("app", "db", "web"),
                        Map.of("web", Set.of("app", "network.target"), "app", Set.of("db"), "db", Set.of())))
                .containsExactly("db", "app", "web");
    }

    @Test
    void aCircleIsBrokenAtTheFirstByNameAndNotAtWhatWaitsForIt() {
        assertThat(UnitOrder.of(
                        List.of("a-waits", "m", "n"),
                        Map.of("a-waits", Set.of("n"), "m", Set.of("n"), "n", Set.of("m"))))
                .containsExactly("m", "n", "a-waits");
    }

    @Property
    void everyUnitOnceAndOnlyCirclesAreBroken(@ForAll("orders") Map<String, Set<String>> after, @ForAll long seed) {
        List<String> order = UnitOrder.of(UNITS, after);
        assertThat(order).containsExactlyInAnyOrderElementsOf(UNITS);
        for (String unit : UNITS) {
            for (String first : after.getOrDefault(unit, Set.of())) {
                boolean circle = reaches(first, unit, after);
                assertThat(circle || order.indexOf(first) < order.indexOf(unit))
                        .as("%s before %s in %s", first, unit, order)
                        .isTrue();
            }
        }
        List<String> shuffled = new ArrayList<>(UNITS);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(UnitOrder.of(shuffled, after)).isEqualTo(order);
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> orders() {
        return Arbitraries.maps(
                        Arbitraries.of(UNITS), Arbitraries.of(UNITS).set().ofMaxSize(3))
                .ofMaxSize(UNITS.size())
                .map(TreeMap::new);
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> after) {
        Set<String> seen = new HashSet<>();
        TreeSet<String> next = new TreeSet<>(Set.of(from));
        while (!next.isEmpty()) {
            String at = next.removeFirst();
            if (at.equals(to)) {
                return true;
            }
            if (seen.add(at)) {
                next.addAll(after.getOrDefault(at, Set.of()));
            }
        }
        return false;
    }
}
