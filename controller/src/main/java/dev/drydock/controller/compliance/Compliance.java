package dev.drydock.controller.compliance;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The calculation behind the reports. Pure. */
public final class Compliance {
    /** The grace where none is asked for. */
    public static final Duration DEFAULT_GRACE = Duration.ofDays(7);

    /** A host that was not heard of for longer is unknown, whatever it said last. */
    public static final Duration SILENT_AFTER = Duration.ofHours(24);

    private static final Comparator<HostCompliance> BY_URGENCY = Comparator.comparing(
                    (HostCompliance row) -> urgency(row.state()))
            .thenComparing(row -> row.oldestAge().orElse(Duration.ZERO), Comparator.reverseOrder())
            .thenComparing(HostCompliance::host);

    private Compliance() {}

    /**
     * @param hosts revoked ones are left out: they are no longer part of the fleet
     * @param lastEnded the newest ended run of each host, by host id
     * @param rollouts newest first
     */
    public static ComplianceReport report(
            List<HostView> hosts,
            Map<String, Run> lastEnded,
            List<RolloutSummary> rollouts,
            Instant now,
            Duration grace) {
        List<HostCompliance> rows = hosts.stream()
                .filter(host -> !host.revoked())
                .map(host -> row(host, Optional.ofNullable(lastEnded.get(host.id())), now, grace))
                .sorted(BY_URGENCY)
                .toList();
        return new ComplianceReport(now, grace, rows, rollouts);
    }

    /** @param runs of that rollout */
    public static RolloutSummary summary(Rollout rollout, Predicate<String> seen, List<RunOutcome> runs) {
        List<HostProgress> hosts = rollout.hosts().stream()
                .filter(host -> seen.test(host.host().id()))
                .toList();
        Map<String, Integer> changes =
                runs.stream().collect(Collectors.toMap(outcome -> outcome.run().id(), RunOutcome::changes));
        int patched = 0;
        int unchanged = 0;
        int rolledBack = 0;
        int rollbackFailed = 0;
        int notDone = 0;
        for (HostProgress host : hosts) {
            switch (host.state()) {
                case SUCCEEDED -> {
                    if (changes.getOrDefault(host.runId(), 0) > 0) {
                        patched++;
                    } else {
                        unchanged++;
                    }
                }
                case ROLLED_BACK -> rolledBack++;
                case ROLLBACK_FAILED -> rollbackFailed++;
                default -> notDone++;
            }
        }
        return new RolloutSummary(
                rollout.name(),
                rollout.plan().playbook().reference(),
                rollout.state(),
                rollout.endedAt(),
                hosts.size(),
                patched,
                unchanged,
                rolledBack,
                rollbackFailed,
                notDone);
    }

    private static HostCompliance row(HostView host, Optional<Run> last, Instant now, Duration grace) {
        List<PendingUpdate> security = host.facts().getPackages().getPendingList().stream()
                .filter(PendingUpdate::getSecurity)
                .toList();
        Optional<PendingUpdate> oldest = security.stream().min(Comparator.comparing(Compliance::firstSeen));
        Optional<Duration> age = oldest.map(update -> age(firstSeen(update), now));
        Optional<String> unknown = unknown(host, now);
        ComplianceState state = unknown.isPresent() ? ComplianceState.UNKNOWN : known(age, grace);
        return new HostCompliance(
                host.name(),
                host.facts().getLabelsMap(),
                state,
                security.size(),
                host.facts().getPackages().getPendingCount(),
                age,
                oldest.map(PendingUpdate::getName).orElse(""),
                host.facts().getReboot().getRequired(),
                host.lastSeen(),
                last.map(Run::state),
                unknown.orElse(last.map(Run::reason).orElse("")));
    }

    private static ComplianceState known(Optional<Duration> age, Duration grace) {
        if (age.isEmpty()) {
            return ComplianceState.COMPLIANT;
        }
        return age.get().compareTo(grace) > 0 ? ComplianceState.LATE : ComplianceState.UPDATES_PENDING;
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

    /** An agent that does not say since when gets no grace for it: the age counts from the epoch. */
    private static Instant firstSeen(PendingUpdate update) {
        return Instant.ofEpochSecond(
                update.getFirstSeen().getSeconds(), update.getFirstSeen().getNanos());
    }

    /** Never negative, also when the host's clock is ahead. */
    private static Duration age(Instant firstSeen, Instant now) {
        return firstSeen.isAfter(now) ? Duration.ZERO : Duration.between(firstSeen, now);
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
