package dev.drydock.controller.rollout;

import java.util.List;
import java.util.Optional;

/** The failure threshold: of the whole rollout and, apart, of each wave. Docs/rollouts.md has a table of examples, which is a test. */
final class Thresholds {
    private Thresholds() {}

    /** Which limit is passed, for people; empty: none. */
    static Optional<String> exceeded(RolloutPlan plan, List<HostProgress> hosts) {
        int[] failed = new int[plan.waves() + 1];
        int[] size = new int[plan.waves() + 1];
        for (HostProgress host : hosts) {
            int wave = host.host().wave();
            size[wave]++;
            failed[wave] += host.failed() ? 1 : 0;
            failed[0] += host.failed() ? 1 : 0;
        }
        for (int wave = 1; wave <= plan.waves(); wave++) {
            if (failed[wave] > plan.limits().wave(wave)) {
                return Optional.of("wave " + wave + ": "
                        + words(failed[wave], size[wave], plan.limits().wave(wave)));
            }
        }
        return failed[0] > plan.limits().rollout()
                ? Optional.of(words(failed[0], hosts.size(), plan.limits().rollout()))
                : Optional.empty();
    }

    private static String words(int failed, int of, int limit) {
        return failed + " of " + of + " hosts failed, " + (limit == 0 ? "none may" : "at most " + limit + " may");
    }
}
