package dev.drydock.controller.compliance;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.assessment.Assessment;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every host of a report at an instant, of which only those rows are made that are asked for. Thread-safe. */
final class FleetLines {
    private final Instant at;
    private final Instant until;
    private final List<HostLine> lines;
    private final Map<ComplianceState, Integer> counts = new EnumMap<>(ComplianceState.class);
    private volatile @Nullable List<HostLine> ordered;

    private FleetLines(Instant at, Instant until, List<HostLine> lines) {
        this.at = at;
        this.until = until;
        this.lines = lines;
        lines.forEach(line -> counts.merge(line.state(), 1, Integer::sum));
    }

    /** @param hosts revoked ones are left out: they are no longer part of the fleet */
    static FleetLines of(
            List<HostView> hosts, Function<HostView, PendingUpdates> pending, Instant now, Duration grace) {
        List<HostLine> lines = new ArrayList<>(hosts.size());
        Instant until = Instant.MAX;
        for (HostView host : hosts) {
            if (!host.revoked()) {
                HostLine line = HostLine.of(host, pending.apply(host), now, grace);
                Instant turn = line.until(now, grace);
                until = turn.isBefore(until) ? turn : until;
                lines.add(line);
            }
        }
        return new FleetLines(now, until, lines);
    }

    /** Whether it is the same at another instant. */
    boolean standsAt(Instant now) {
        return !now.isBefore(at) && !now.isAfter(until);
    }

    FleetLines select(Predicate<Host> selected) {
        List<HostLine> some = lines.stream()
                .filter(line -> selected.test(line.host().facts()))
                .toList();
        return some.size() == lines.size() ? this : new FleetLines(at, until, some);
    }

    /** With hosts that have no agent. */
    FleetLines and(List<Assessment> agentless, Instant now, Duration grace) {
        if (agentless.isEmpty()) {
            return this;
        }
        List<HostLine> all = new ArrayList<>(lines);
        agentless.forEach(seen -> all.add(HostLine.of(seen, now, grace)));
        return new FleetLines(now, now, all);
    }

    Map<ComplianceState, Integer> counts() {
        return counts;
    }

    int size() {
        return lines.size();
    }

    List<HostLine> inOrder() {
        List<HostLine> all = ordered;
        if (all == null) {
            all = lines.stream().sorted(HostLine.BY_URGENCY).toList();
            ordered = all;
        }
        return all;
    }

    /** Of these hosts, in their order; those that are not in the report are left out. */
    List<HostLine> of(Collection<String> ids) {
        Map<String, HostLine> byId = new HashMap<>();
        lines.forEach(line -> byId.put(line.host().id(), line));
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
                .toList();
    }

    /** @param last the newest ended run of each of these hosts, by host id */
    static List<HostCompliance> rows(List<HostLine> some, Map<String, Run> last, Instant now) {
        return some.stream()
                .map(line -> line.row(Optional.ofNullable(last.get(line.host().id())), now))
                .toList();
    }
}
