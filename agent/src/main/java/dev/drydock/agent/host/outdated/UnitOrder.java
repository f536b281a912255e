package dev.drydock.agent.host.outdated;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which order units are restarted: what others are started after comes before them. Pure. */
final class UnitOrder {
    private UnitOrder() {}

    /**
     * By name where nothing else decides. Of units that wait for each other in a circle the first by name goes first.
     *
     * @param after for each unit those that it is started after; others than the units are ignored
     */
    static List<String> of(Collection<String> units, Map<String, Set<String>> after) {
        Map<String, Set<String>> waiting = new TreeMap<>();
        for (String unit : units) {
            Set<String> first = new TreeSet<>(after.getOrDefault(unit, Set.of()));
            first.retainAll(Set.copyOf(units));
            first.remove(unit);
            waiting.put(unit, first);
        }
        List<String> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            String next = waiting.entrySet().stream()
                    .filter(e -> e.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(() -> firstOfACircle(waiting));
            waiting.remove(next);
            waiting.values().forEach(first -> first.remove(next));
            order.add(next);
        }
        return order;
    }

    /** The first by name of those that wait for nothing but what waits for them. */
    private static String firstOfACircle(Map<String, Set<String>> waiting) {
        return waiting.keySet().stream()
                .filter(unit -> behind(unit, waiting).stream()
                        .allMatch(first -> behind(first, waiting).contains(unit)))
                .findFirst()
                .orElseThrow();
    }

    /** All that a unit waits for, also by way of others. */
    private static Set<String> behind(String unit, Map<String, Set<String>> waiting) {
        Set<String> all = new TreeSet<>();
        TreeSet<String> next = new TreeSet<>(waiting.getOrDefault(unit, Set.of()));
        while (!next.isEmpty()) {
            String at = next.removeFirst();
            if (all.add(at)) {
                next.addAll(waiting.getOrDefault(at, Set.of()));
            }
        }
        return all;
    }
}
