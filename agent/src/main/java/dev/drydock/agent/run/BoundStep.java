package dev.drydock.agent.run;

import dev.drydock.agent.action.Action;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step of a playbook with what carries it out.
 *
 * @param when condition, not yet evaluated
 * @param timeout the longest that applying may take, and that preparing and verifying may each take
 * @param rollbackTimeout the longest that rolling back may take
 * @param irreversible the author accepts that there is no way back
 */
record BoundStep(
        String name,
        Action action,
        Args args,
        Optional<String> when,
        List<BoundCheck> checks,
        Duration timeout,
        Duration rollbackTimeout,
        boolean irreversible) {
    BoundStep {
        checks = List.copyOf(checks);
    }

    /** The longest soak of its own checks. */
    Duration soak() {
        return Program.longest(checks.stream().map(BoundCheck::soak));
    }
}
