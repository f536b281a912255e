package dev.drydock.controller.compliance;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.RolloutEnds.End;
import dev.drydock.controller.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calculation behind the reports. Pure. */
public final class Compliance {
    /** The grace where none is asked for. */
    public static final Duration DEFAULT_GRACE = Duration.ofDays(7);

    /** A host that was not heard of for longer is unknown, whatever it said last. */
    public static final Duration SILENT_AFTER = Duration.ofHours(24);

    private Compliance() {}

    /** How many hosts stand how; revoked ones are left out. */
    public static Map<ComplianceState, Integer> counts(List<HostView> hosts, Instant now, Duration grace) {
        return FleetLines.of(hosts, host -> PendingUpdates.of(host.facts()), now, grace)
                .counts();
    }

    /** @param counts of its hosts, by {@link End} */
    static RolloutSummary summary(Rollout rollout, int[] counts) {
        return new RolloutSummary(
                rollout.name(),
                rollout.plan().playbook().reference(),
                rollout.state(),
                rollout.endedAt(),
                Arrays.stream(counts).sum(),
                counts[End.PATCHED.ordinal()],
                counts[End.UNCHANGED.ordinal()],
                counts[End.ROLLED_BACK.ordinal()],
                counts[End.ROLLBACK_FAILED.ordinal()],
                counts[End.NOT_DONE.ordinal()]);
    }

    /** Why nothing can be said of it; empty: its facts can be relied on. */
    public static Optional<String> unknown(HostView host, Instant now) {
        if (host.cloned()) {
            return Optional.of("two machines speak with this identity");
        }
        if (!host.facts().hasPackages() || !host.facts().getPackages().hasRefreshedAt()) {
            return Optional.of("no package facts yet");
        }
        if (host.online()) {
            return Optional.empty();
        }
        if (host.lastSeen().isEmpty()) {
            return Optional.of("never seen since it was enrolled");
        }
        return host.lastSeen().get().isBefore(now.minus(SILENT_AFTER))
                ? Optional.of("silent since " + host.lastSeen().get())
                : Optional.empty();
    }
}
