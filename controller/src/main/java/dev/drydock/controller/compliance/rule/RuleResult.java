package dev.drydock.controller.compliance.rule;

import dev.drydock.playbooks.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a host stands with a rule.
 *
 * @param policy its reference: {@code web@7}
 * @param detail what is broken, or why it cannot be told; empty: all is well
 * @param due when it has to be mended, or had to
 * @param over for how long it has been late
 * @param waiver that lets it pass
 */
public record RuleResult(
        String policy,
        Policy.Rule rule,
        RuleState state,
        String detail,
        Optional<Instant> due,
        Optional<Duration> over,
        Optional<String> waiver) {}
