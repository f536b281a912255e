package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.rule.Judge;
import dev.drydock.controller.policy.ActivePolicy;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.controller.waiver.Waiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How each host of the fleet stands, judged once and kept until something of it changes: its facts, whether it is there, its findings,
 * what all are judged by, or the instant comes at which time alone changes it. The sums are kept with it. The answer is always that of
 * judging everything anew. Thread-safe.
 */
final class Verdicts {
    private final Map<String, Kept> kept = new HashMap<>();
    private Sums sums = new Sums();
    private @Nullable Basis basis;
    private @Nullable Last last;

    /** What all hosts are judged by. */
    record Basis(List<ActivePolicy> policies, List<Waiver> waivers, VulnerabilityIndex index) {
        boolean same(@Nullable Basis other) {
            return other != null && policies == other.policies && index == other.index && waivers.equals(other.waivers);
        }
    }

    private record Kept(HostVerdict host, Instant from) {
        boolean stands(HostView now, List<Finding> findings, Instant at) {
            HostView then = host.host();
            return then.facts() == now.facts()
                    && host.findings() == findings
                    && then.online() == now.online()
                    && then.cloned() == now.cloned()
                    && (now.online() || then.lastSeen().equals(now.lastSeen()))
                    && !at.isBefore(from)
                    && !at.isAfter(host.verdict().until());
        }
    }

    /**
     * @param hosts of which nothing can have changed but by time
     * @param findings how often they had changed then
     */
    private record Last(List<HostView> hosts, long findings, Instant from, Instant until, Look look) {}

    /** @param sums of these hosts */
    record Look(List<HostVerdict> hosts, Sums sums) {}

    /**
     * @param judge by the basis
     * @param hosts all of the fleet
     * @param changes another number whenever findings of any host changed
     * @param findings of a host; the same list as long as it says the same
     */
    synchronized Look look(
            Judge judge, Basis by, List<HostView> hosts, long changes, Function<HostView, List<Finding>> findings) {
        Last before = last;
        if (!by.same(basis)) {
            kept.clear();
            sums = new Sums();
            basis = by;
        } else if (before != null
                && before.hosts() == hosts
                && before.findings() == changes
                && !judge.now().isBefore(before.from())
                && !judge.now().isAfter(before.until())) {
            return before.look();
        }
        List<HostVerdict> all = new ArrayList<>(hosts.size());
        Instant until = Instant.MAX;
        for (HostView host : hosts) {
            HostVerdict verdict = look(judge, host, findings.apply(host));
            all.add(verdict);
            until = verdict.verdict().until().isBefore(until)
                    ? verdict.verdict().until()
                    : until;
        }
        if (kept.size() > hosts.size()) {
            forget(hosts);
        }
        Look look = new Look(Collections.unmodifiableList(all), sums.copy());
        last = new Last(hosts, changes, judge.now(), until, look);
        return look;
    }

    /** Of these hosts, those that are known. */
    synchronized List<HostVerdict> of(Collection<String> ids) {
        return ids.stream()
                .flatMap(id -> Stream.ofNullable(kept.get(id)))
                .map(Kept::host)
                .toList();
    }

    private HostVerdict look(Judge judge, HostView host, List<Finding> findings) {
        Kept before = kept.get(host.id());
        if (before != null && before.stands(host, findings, judge.now())) {
            HostVerdict same = before.host();
            return same.host() == host ? same : new HostVerdict(host, same.findings(), same.verdict());
        }
        HostVerdict now = new HostVerdict(host, findings, judge.verdict(host, findings));
        if (before != null) {
            sums.remove(before.host());
        }
        sums.add(now);
        kept.put(host.id(), new Kept(now, judge.now()));
        return now;
    }

    private void forget(List<HostView> hosts) {
        Set<String> here = new HashSet<>();
        hosts.forEach(host -> here.add(host.id()));
        kept.entrySet().removeIf(entry -> {
            boolean gone = !here.contains(entry.getKey());
            if (gone) {
                sums.remove(entry.getValue().host());
            }
            return gone;
        });
    }
}
