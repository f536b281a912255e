package dev.drydock.bench.targets;

import dev.drydock.bench.report.Figure;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Something that results may have a value of.
 *
 * @param sections that it is taken from, the one that says how large the run was first
 */
record Quantity(List<String> sections, String unit, Reading reading) {
    /** Empty where a figure that it needs was not measured. */
    @FunctionalInterface
    interface Reading {
        Optional<Double> in(Results results);
    }

    static Quantity figure(String section, String key, String unit) {
        return new Quantity(
                List.of(section), unit, results -> results.figure(section, key).map(Figure::value));
    }

    /** From several figures: {@code section.key} each, none of which may be missing. */
    static Quantity of(String unit, List<String> figures, ToDoubleFunction<List<Double>> sum) {
        List<String> sections =
                figures.stream().map(name -> name.split("\\.")[0]).distinct().toList();
        return new Quantity(sections, unit, results -> {
            List<Double> values = figures.stream()
                    .flatMap(name -> results.figure(name.split("\\.")[0], name.split("\\.")[1]).stream())
                    .map(Figure::value)
                    .toList();
            return values.size() == figures.size() ? Optional.of(sum.applyAsDouble(values)) : Optional.empty();
        });
    }
}
