package dev.drydock.controller.rollout;

import java.util.Map;

/**
 * A rollout as somebody asked for it.
 *
 * @param playbook the version that was meant, already resolved
 * @param params as text, by name
 * @param selector CEL over {@code host}
 * @param window name of one that exists
 */
public record RolloutDraft(
        String name,
        PlaybookVersion playbook,
        Map<String, String> params,
        String selector,
        String window,
        Strategy strategy) {
    public RolloutDraft {
        params = Map.copyOf(params);
    }

    /** Whether it asks for what this plan was made from. */
    boolean asksFor(RolloutPlan plan) {
        return name.equals(plan.name())
                && playbook.equals(plan.playbook())
                && params.equals(plan.params())
                && selector.equals(plan.selector())
                && window.equals(plan.window().name())
                && strategy.equals(plan.strategy());
    }
}
