package dev.drydock.controller.rollout;

import java.util.Optional;

/** The failure threshold: of the whole rollout and, apart, of each wave. Docs/rollouts.md has a table of examples, which is a test. */
final class Thresholds {
    private Thresholds() {}

    /** Which limit is passed, for people; empty: none. */
    static Optional<String> exceeded(RolloutPlan plan, Standing standing) {
        int failed = 0;
        for (int wave = 1; wave <= plan.waves(); wave++) {
            failed += standing.failed(wave);
            if (standing.failed(wave) > plan.limits().wave(wave)) {
                return Optional.of("wave " + wave + ": "
                        + words(
                                standing.failed(wave),
                                standing.size(wave),
                                plan.limits().wave(wave)));
            }
        }
        return failed > plan.limits().rollout()
                ? Optional.of(words(failed, plan.hosts().size(), plan.limits().rollout()))
                : Optional.empty();
    }

    private static String words(int failed, int of, int limit) {
        return failed + " of " + of + " hosts failed, " + (limit == 0 ? "none may" : "at most " + limit + " may");
    }
}
