package dev.drydock.bench.targets;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing that Drydock has set itself.
 *
 * @param label what is measured
 * @param ours the figure
 * @param beside the bare limit or the peer, of the same run; the ratio is ours divided by it, or, where more is worse for the peer, as
 *     {@code turned} says, it divided by ours
 * @param limit of the ratio where {@code byRatio}, else of the figure; empty: the figure is only to be given
 * @param most whether the limit is the most that is allowed; otherwise the least
 * @param size words that the section's title must have for the run to be as large as the target asks
 * @param tried where it is written what was tried, and why it may be missed
 */
record Target(
        String label,
        Quantity ours,
        Optional<Quantity> beside,
        boolean byRatio,
        boolean turned,
        Optional<Double> limit,
        boolean most,
        List<String> size,
        String tried) {

    Target {
        size = List.copyOf(size);
    }

    /** A figure that may be so much at most. */
    static Target atMost(double limit, String label, Quantity ours, String tried) {
        return new Target(label, ours, Optional.empty(), false, false, Optional.of(limit), true, List.of(), tried);
    }

    static Target atLeast(double limit, String label, Quantity ours, String tried) {
        return new Target(label, ours, Optional.empty(), false, false, Optional.of(limit), false, List.of(), tried);
    }

    static Target given(String label, Quantity ours, String tried) {
        return new Target(label, ours, Optional.empty(), false, false, Optional.empty(), true, List.of(), tried);
    }

    /** The limit is one of the ratio, ours divided by the other. */
    Target times(Quantity bare) {
        return new Target(label, ours, Optional.of(bare), true, false, limit, most, size, tried);
    }

    /** The limit is one of the ratio, the peer's divided by ours. */
    Target fasterThan(Quantity peer) {
        return new Target(label, ours, Optional.of(peer), true, true, limit, most, size, tried);
    }

    /** Shown beside it; the limit stays one of the figure. */
    Target beside(Quantity bare) {
        return new Target(label, ours, Optional.of(bare), false, false, limit, most, size, tried);
    }

    Target of(String... words) {
        return new Target(label, ours, beside, byRatio, turned, limit, most, List.of(words), tried);
    }

    /** The target in words: {@code ≤ 45 MiB}, {@code ≥ 10 ×}. */
    String wanted() {
        return limit.map(value -> (most ? "≤ " : "≥ ") + Numbers.of(value) + " " + (byRatio ? "×" : ours.unit()))
                .map(String::strip)
                .orElse("given");
    }

    Verdict judge(Results results) {
        Optional<Double> figure = ours.reading().in(results);
        Optional<Double> other =
                beside.flatMap(quantity -> quantity.reading().in(results)).filter(value -> sameRun(results));
        Optional<Double> ratio = figure.flatMap(value -> other.map(bare -> turned ? bare / value : value / bare));
        return new Verdict(this, figure, other, ratio, outcome(results, figure, ratio));
    }

    private Verdict.Outcome outcome(Results results, Optional<Double> figure, Optional<Double> ratio) {
        Optional<Double> judged = byRatio ? ratio : figure;
        if (figure.isEmpty() || judged.isEmpty()) {
            return Verdict.Outcome.NOT_MEASURED;
        }
        boolean large = results.section(ours.sections().getFirst())
                .filter(section -> size.stream().allMatch(section.title()::contains))
                .isPresent();
        if (!large) {
            return Verdict.Outcome.SMALLER_RUN;
        }
        if (limit.isEmpty()) {
            return Verdict.Outcome.GIVEN;
        }
        boolean met = most ? judged.get() <= limit.get() : judged.get() >= limit.get();
        return met ? Verdict.Outcome.MET : Verdict.Outcome.MISSED;
    }

    /** What stands beside it was measured in the same call of the benchmark, which takes two hours at most. */
    private boolean sameRun(Results results) {
        return results.at(ours.sections().getFirst())
                .filter(at -> beside.stream()
                        .flatMap(quantity -> quantity.sections().stream())
                        .allMatch(section -> results.at(section)
                                .filter(other ->
                                        Duration.between(at, other).abs().toHours() < 2)
                                .isPresent()))
                .isPresent();
    }
}
