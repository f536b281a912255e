package dev.drydock.controller.compliance.rule;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.Compliance;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A host as rules look at it.
 *
 * @param findings those that no waiver lets pass
 * @param stale why what its facts say is not to be relied on; empty: it is
 */
record Subject(HostView host, List<Finding> findings, Instant now, Optional<String> stale, Horizon horizon) {
    static Subject of(HostView host, List<Finding> findings, Instant now, Horizon horizon) {
        host.lastSeen().ifPresent(seen -> horizon.note(seen.plus(Compliance.SILENT_AFTER)));
        return new Subject(host, findings, now, Compliance.unknown(host, now), horizon);
    }

    Host facts() {
        return host.facts();
    }

    /** Broken from {@code due} on. */
    Outcome by(Instant due, String what) {
        horizon.note(due);
        return Outcome.by(due, now, what);
    }
}
