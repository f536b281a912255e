package dev.drydock.bench.targets;

import java.util.Optional;

/** How a target stands by some results. */
record Verdict(
        Target target, Optional<Double> figure, Optional<Double> beside, Optional<Double> ratio, Outcome outcome) {
    enum Outcome {
        MET("met"),
        MISSED("MISSED"),
        GIVEN("given"),
        /** There is a figure, of a run that was not as large as the target asks. */
        SMALLER_RUN("smaller run"),
        NOT_MEASURED("not measured");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
