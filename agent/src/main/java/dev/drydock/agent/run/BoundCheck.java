package dev.drydock.agent.run;

import dev.drydock.agent.action.Check;
import dev.drydock.playbooks.model.Args;
import java.time.Duration;
import java.util.Optional;

/**
 * A check of a playbook with what carries it out.
 *
 * @param writtenGrace how long it may take to hold after a change, where the playbook says so
 * @param again the soak after which it must still hold
 */
record BoundCheck(String name, Check check, Args args, Optional<Duration> writtenGrace, Optional<Duration> again) {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(60);

    Duration grace() {
        return writtenGrace.orElse(check.aboutThePast() ? Duration.ZERO : DEFAULT_GRACE);
    }

    Duration soak() {
        return again.orElse(Duration.ZERO);
    }
}
