package dev.drydock.bench.report;

import java.util.List;

/** The middle of some values; of the two middle ones their mean. */
public final class Median {
    private Median() {}

    /** @param values at least one */
    public static double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing has no median");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
