package dev.drydock.controller.compliance;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.assessment.Assessment;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports on what is on record now. Thread-safe. */
public final class Reports {
    private static final Logger log = LoggerFactory.getLogger(Reports.class);

    private final HostDirectory hosts;
    private final RunOutcomes outcomes;
    private final RolloutEnds ends;
    private final Supplier<List<Assessment>> agentless;
    private final InstantSource clock;
    private final Map<String, Counted> pending = new ConcurrentHashMap<>();

    /** @param agentless hosts without an agent, as somebody looked at them */
    public Reports(
            HostDirectory hosts, RunOutcomes outcomes, Supplier<List<Assessment>> agentless, InstantSource clock) {
        this.hosts = hosts;
        this.outcomes = outcomes;
        this.ends = new RolloutEnds(outcomes::ends);
        this.agentless = agentless;
        this.clock = clock;
    }

    private @Nullable Known known;

    private record Known(List<HostView> hosts, FleetLines lines) {}

    private record Counted(Host facts, PendingUpdates updates) {}

    /** To be told of decisions, since rollouts that have ended are kept. */
    public RolloutEnds ends() {
        return ends;
    }

    /** Reads what became of the hosts of these rollouts, and takes a look at all hosts: the first report costs nobody more than the next. */
    public void readAhead(List<Rollout> listed) {
        var ended = ends.counts(listed, RolloutEnds.ALL);
        log.debug(
                "{} rollouts and {} hosts are known to reports",
                ended.size(),
                lines(clock.instant(), Compliance.DEFAULT_GRACE).size());
    }

    /**
     * @param selected which hosts the report is about
     * @param listed which rollouts it lists, newest first; their hosts need not be in them
     * @param seen of these, by their ids, which hosts count
     */
    public ComplianceReport compliance(
            Predicate<Host> selected, List<Rollout> listed, Predicate<String> seen, Asked asked) {
        Instant now = clock.instant();
        Duration grace = asked.grace().orElse(Compliance.DEFAULT_GRACE);
        FleetLines lines = lines(now, grace).select(selected).and(assessed(selected), now, grace);
        List<HostLine> all = asked.hosts().map(lines::of).orElseGet(lines::inOrder);
        int to = asked.end(all.size());
        List<HostLine> page = all.subList(asked.begin(all.size()), to);
        Map<String, Run> last =
                outcomes.lastEnded(page.stream().map(line -> line.host().id()).toList());
        return new ComplianceReport(
                now,
                grace,
                lines.size(),
                lines.counts(),
                FleetLines.rows(page, last, now),
                to < all.size() ? to : 0,
                summaries(listed, seen));
    }

    private List<Assessment> assessed(Predicate<Host> selected) {
        return agentless.get().stream()
                .filter(host -> selected.test(host.facts()))
                .toList();
    }

    /** Of all hosts; made anew when one of them changed, or stands otherwise by time alone. */
    private synchronized FleetLines lines(Instant now, Duration grace) {
        List<HostView> all = hosts.all();
        if (!grace.equals(Compliance.DEFAULT_GRACE)) {
            return FleetLines.of(all, this::pending, now, grace);
        }
        Known before = known;
        if (before != null && before.hosts() == all && before.lines().standsAt(now)) {
            return before.lines();
        }
        FleetLines lines = FleetLines.of(all, this::pending, now, grace);
        known = new Known(all, lines);
        return lines;
    }

    private PendingUpdates pending(HostView host) {
        Counted known = pending.get(host.id());
        if (known == null || known.facts() != host.facts()) {
            known = new Counted(host.facts(), PendingUpdates.of(host.facts()));
            pending.put(host.id(), known);
        }
        return known.updates();
    }

    /** The newest ended runs of the selected hosts of the fleet that stand so, newest first. */
    public List<LastRun> lastEndedAs(Collection<RunState> states, Predicate<Host> selected) {
        return outcomes.lastEndedAs(states).stream()
                .flatMap(run -> hosts
                        .find(run.hostId())
                        .filter(host -> !host.revoked() && selected.test(host.facts()))
                        .map(host -> new LastRun(host.name(), run))
                        .stream())
                .toList();
    }

    /** @param host its name */
    public record LastRun(String host, Run run) {}

    /** @param seen which hosts count, by id */
    public RolloutSummary summary(Rollout rollout, Predicate<String> seen) {
        return summaries(List.of(rollout), seen).getFirst();
    }

    private List<RolloutSummary> summaries(List<Rollout> listed, Predicate<String> seen) {
        List<int[]> counts = ends.counts(listed, seen);
        List<RolloutSummary> summaries = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            summaries.add(Compliance.summary(listed.get(i), counts.get(i)));
        }
        return summaries;
    }
}
