package dev.drydock.controller.compliance.rule;

import dev.drydock.controller.agents.HostView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a host stands by its policies.
 *
 * @param states by the names of its policies
 * @param results of every rule, those that it keeps too
 * @param hidden how many findings and rules each waiver lets pass here, by the waiver's name
 */
public record HostStanding(
        HostView host,
        Map<String, RuleState> states,
        List<RuleResult> results,
        VulnerabilityCounts vulnerabilities,
        Map<String, Integer> hidden) {
    public HostStanding {
        states = Map.copyOf(states);
        results = List.copyOf(results);
        hidden = Map.copyOf(hidden);
    }

    /** By the worst of its rules; what is waived counts as kept. */
    public RuleState state() {
        return results.stream().map(RuleResult::state).reduce(RuleState.COMPLIES, RuleState::worse);
    }

    public boolean compliant() {
        return state().compareTo(RuleState.WAIVED) <= 0;
    }

    /** The rule by which it stands worst: of several, the gravest, then that which has been broken for longest. */
    public Optional<RuleResult> worst() {
        RuleState state = state();
        if (compliant()) {
            return Optional.empty();
        }
        return results.stream().filter(result -> result.state() == state).max((a, b) -> {
            int severity = a.rule().severity().compareTo(b.rule().severity());
            return severity != 0
                    ? severity
                    : a.over().orElse(Duration.ZERO).compareTo(b.over().orElse(Duration.ZERO));
        });
    }
}
