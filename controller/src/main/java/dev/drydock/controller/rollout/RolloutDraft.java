package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Window;
import java.util.Map;
import java.util.Optional;

/**
 * A rollout as somebody asked for it.
 *
 * @param playbook the version that was meant, already resolved
 * @param params as text, by name
 * @param selector CEL over {@code host}
 * @param window name of one that exists; empty for an emergency
 * @param by the name of the user who asks
 */
public record RolloutDraft(
        String name,
        PlaybookVersion playbook,
        Map<String, String> params,
        String selector,
        String window,
        Optional<Emergency> emergency,
        Strategy strategy,
        String by) {
    public RolloutDraft {
        params = Map.copyOf(params);
    }

    /** Whether it asks for what this plan was made from. */
    boolean asksFor(RolloutPlan plan) {
        return name.equals(plan.name())
                && playbook.equals(plan.playbook())
                && params.equals(plan.params())
                && selector.equals(plan.selector())
                && asksFor(plan.window(), plan.origin())
                && strategy.equals(plan.strategy());
    }

    private boolean asksFor(Window other, Origin origin) {
        return emergency.map(Emergency::reason).equals(origin.emergency())
                && emergency
                        .map(urgent -> urgent.lasts().equals(other.duration()))
                        .orElse(window.equals(other.name()));
    }
}
