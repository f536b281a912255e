package dev.drydock.controller.compliance;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reports on what is on record now. Thread-safe. */
public final class Reports {
    private final HostDirectory hosts;
    private final RunOutcomes outcomes;
    private final InstantSource clock;

    public Reports(HostDirectory hosts, RunOutcomes outcomes, InstantSource clock) {
        this.hosts = hosts;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * @param selected which hosts the report is about
     * @param listed which rollouts it lists
     * @param seen of these, by their ids, which hosts count
     * @param grace how long a security update may be pending; empty: {@link Compliance#DEFAULT_GRACE}
     */
    public ComplianceReport compliance(
            Predicate<Host> selected, List<Rollout> listed, Predicate<String> seen, Optional<Duration> grace) {
        List<RolloutSummary> summaries =
                listed.stream().map(rollout -> summary(rollout, seen)).toList();
        return Compliance.report(
                hosts.all().stream().filter(host -> selected.test(host.facts())).toList(),
                outcomes.lastEnded(),
                summaries,
                clock.instant(),
                grace.orElse(Compliance.DEFAULT_GRACE));
    }

    /** The newest run of each host that has ended, by host id. */
    public Map<String, Run> lastEnded() {
        return outcomes.lastEnded();
    }

    /** @param seen which hosts count, by id */
    public RolloutSummary summary(Rollout rollout, Predicate<String> seen) {
        return Compliance.summary(rollout, seen, outcomes.ofRollout(rollout.id()));
    }
}
