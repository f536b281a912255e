package dev.drydock.controller.compliance;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.assessment.Assessment;
import dev.drydock.controller.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * As much of a host's line as says where it stands in the report.
 *
 * @param since when its oldest security update came on offer, never later than the report; empty: none is pending
 * @param unknown why its state is
 * @param agentless somebody looked at it, since it has no agent
 */
record HostLine(
        HostView host,
        PendingUpdates pending,
        ComplianceState state,
        Optional<Instant> since,
        Optional<String> unknown,
        boolean agentless) {
    static final Comparator<HostLine> BY_URGENCY = Comparator.comparingInt((HostLine line) -> urgency(line.state()))
            .thenComparing(line -> line.since().orElse(Instant.MAX))
            .thenComparing(line -> line.host().name());

    /** The last instant at which it is the same line. */
    Instant until(Instant now, Duration grace) {
        Instant until = Instant.MAX;
        for (Optional<Instant> turn : List.of(
                since.map(seen -> seen.plus(grace)),
                host.lastSeen().map(seen -> seen.plus(Compliance.SILENT_AFTER)),
                pending.oldest())) {
            if (turn.isPresent() && !turn.get().isBefore(now) && turn.get().isBefore(until)) {
                until = turn.get();
            }
        }
        return until;
    }

    static HostLine of(HostView host, PendingUpdates pending, Instant now, Duration grace) {
        return of(host, pending, Compliance.unknown(host, now), false, now, grace);
    }

    static HostLine of(Assessment seen, Instant now, Duration grace) {
        Optional<String> unknown = !seen.facts().hasPackages()
                ? Optional.of("agentless, its updates could not be seen at " + seen.seenAt())
                : seen.stale(now) ? Optional.of("agentless, not looked at since " + seen.seenAt()) : Optional.empty();
        HostView host = new HostView(
                seen.facts(),
                false,
                Optional.of(seen.seenAt()),
                seen.seenAt(),
                seen.seenAt(),
                false,
                false,
                false,
                Optional.empty());
        return of(host, PendingUpdates.of(seen.facts()), unknown, true, now, grace);
    }

    private static HostLine of(
            HostView host,
            PendingUpdates pending,
            Optional<String> unknown,
            boolean agentless,
            Instant now,
            Duration grace) {
        // A host's clock that is ahead makes nothing younger than now.
        Optional<Instant> since = pending.oldest().map(seen -> seen.isAfter(now) ? now : seen);
        return new HostLine(
                host,
                pending,
                unknown.isPresent() ? ComplianceState.UNKNOWN : known(since, now, grace),
                since,
                unknown,
                agentless);
    }

    private static ComplianceState known(Optional<Instant> since, Instant now, Duration grace) {
        if (since.isEmpty()) {
            return ComplianceState.COMPLIANT;
        }
        return Duration.between(since.get(), now).compareTo(grace) > 0
                ? ComplianceState.LATE
                : ComplianceState.UPDATES_PENDING;
    }

    HostCompliance row(Optional<Run> last, Instant now) {
        return new HostCompliance(
                host.id(),
                host.name(),
                host.facts().getLabelsMap(),
                state,
                pending.security(),
                pending.total(),
                since.map(seen -> seen.isAfter(now) ? Duration.ZERO : Duration.between(seen, now)),
                pending.oldestPackage(),
                host.facts().getReboot().getRequired(),
                host.lastSeen(),
                last.map(Run::state),
                unknown.orElse(
                        agentless
                                ? "agentless, seen at " + seenAt()
                                : last.map(Run::reason).orElse("")),
                agentless ? host.lastSeen() : Optional.empty());
    }

    private String seenAt() {
        return host.lastSeen().map(Instant::toString).orElse("");
    }

    private static int urgency(ComplianceState state) {
        return switch (state) {
            case LATE -> 0;
            case UNKNOWN -> 1;
            case UPDATES_PENDING -> 2;
            case COMPLIANT -> 3;
        };
    }
}
