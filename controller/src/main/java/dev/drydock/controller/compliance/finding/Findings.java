package dev.drydock.controller.compliance.finding;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.finding.HostChanges.Resolution;
import dev.drydock.controller.compliance.finding.HostChanges.Resolved;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.RebootRequired;
import dev.drydock.proto.facts.v1.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The findings of all hosts, at hand and on record. A host is looked at again only when its facts or the feeds changed. The clock of
 * a finding never stops and never starts anew while it is there, whatever newer version is on offer meanwhile. Thread-safe.
 */
public final class Findings {
    private static final int HOSTS_A_WRITE = 200;

    private final FindingStore store;
    private final Map<String, Known> known = new HashMap<>();
    private long changed;
    private @Nullable List<HostView> lastHosts;
    private @Nullable VulnerabilityIndex lastIndex;

    /** Takes up what is on record. */
    public Findings(FindingStore store) {
        this.store = store;
        store.open()
                .forEach((host, findings) ->
                        known.put(host, new Known(Host.getDefaultInstance(), Optional.empty(), findings)));
    }

    /** @param facts that were looked at last: the same object says the same */
    private record Known(Host facts, Optional<Seen> seen, List<Finding> findings) {
        private static final Known NONE = new Known(Host.getDefaultInstance(), Optional.empty(), List.of());

        private Known {
            findings = List.copyOf(findings);
        }
    }

    /** What findings follow from; parts of facts are the same objects as long as nothing changed. */
    private record Seen(Os os, Packages packages, RebootRequired reboot, List<Site> sites, VulnerabilityIndex index) {
        static Seen of(Host host, VulnerabilityIndex index) {
            return new Seen(host.getOs(), host.getPackages(), host.getReboot(), host.getSitesList(), index);
        }

        boolean same(Seen other) {
            return index == other.index
                    && packages.equals(other.packages)
                    && os.equals(other.os)
                    && reboot.equals(other.reboot)
                    && sites.equals(other.sites);
        }
    }

    /**
     * Brings findings up to date; of the same list, which must not change, there is nothing to look at; those of hosts that say nothing of their packages stay as they are.
     *
     * @param limit how long a finding may stay on a host, by the policies that count now; empty: for ever
     * @return what was put on record of hosts of which something is resolved
     */
    public synchronized List<HostChanges> refresh(
            List<HostView> hosts,
            VulnerabilityIndex index,
            Instant now,
            BiFunction<HostView, Finding, Optional<Duration>> limit) {
        if (hosts == lastHosts && index == lastIndex) {
            return List.of();
        }
        List<HostChanges> changes = new ArrayList<>();
        List<HostChanges> resolved = new ArrayList<>();
        Map<String, Known> next = new HashMap<>();
        int kept = 0;
        for (HostView host : hosts) {
            if (!host.revoked()) {
                look(host, index, now, limit, changes, next);
                kept += known.containsKey(host.id()) ? 1 : 0;
            }
            if (changes.size() >= HOSTS_A_WRITE) {
                keep(changes, next, resolved);
            }
        }
        List<String> gone = kept + next.size() < known.size() ? gone(hosts) : List.of();
        gone.forEach(id -> changes.add(gone(id, now)));
        keep(changes, next, resolved);
        known.keySet().removeAll(gone);
        lastHosts = hosts;
        lastIndex = index;
        return resolved;
    }

    private List<String> gone(List<HostView> hosts) {
        Set<String> here = new HashSet<>();
        hosts.stream().filter(host -> !host.revoked()).forEach(host -> here.add(host.id()));
        return known.keySet().stream().filter(id -> !here.contains(id)).toList();
    }

    /** Only what is durable counts. */
    private void keep(List<HostChanges> changes, Map<String, Known> next, List<HostChanges> resolved) {
        List<HostChanges> real = changes.stream().filter(one -> !one.isEmpty()).toList();
        if (!real.isEmpty()) {
            store.apply(real);
        }
        real.stream().filter(one -> !one.resolved().isEmpty()).forEach(resolved::add);
        known.putAll(next);
        changed += changes.isEmpty() ? 0 : 1;
        changes.clear();
        next.clear();
    }

    private void look(
            HostView host,
            VulnerabilityIndex index,
            Instant now,
            BiFunction<HostView, Finding, Optional<Duration>> limit,
            List<HostChanges> changes,
            Map<String, Known> next) {
        Host facts = host.facts();
        if (!facts.hasPackages() || !facts.getPackages().hasRefreshedAt()) {
            return;
        }
        Known before = known.getOrDefault(host.id(), Known.NONE);
        if (before.facts() == facts
                && before.seen().filter(seen -> seen.index() == index).isPresent()) {
            return;
        }
        Seen seen = Seen.of(facts, index);
        if (before.seen().filter(seen::same).isPresent()) {
            known.put(host.id(), new Known(facts, Optional.of(seen), before.findings()));
            return;
        }
        Map<Finding.Key, Finding> open = new LinkedHashMap<>();
        before.findings().forEach(finding -> open.put(finding.key(), finding));
        List<Finding> standing = new ArrayList<>();
        List<Finding> opened = new ArrayList<>();
        List<Finding> changed = new ArrayList<>();
        for (Finding observed : Observations.of(facts, index, now)) {
            Finding there = open.remove(observed.key());
            if (there == null) {
                opened.add(observed);
                standing.add(observed);
                continue;
            }
            Finding still =
                    observed.firstSeen().isBefore(there.firstSeen()) ? observed : observed.since(there.firstSeen());
            if (still.equals(there)) {
                standing.add(there);
            } else {
                changed.add(still);
                standing.add(still);
            }
        }
        List<Resolved> resolved = open.values().stream()
                .map(finding -> new Resolved(
                        finding,
                        now,
                        resolution(finding, index),
                        limit.apply(host, finding)
                                .map(most -> finding.age(now).compareTo(most) <= 0)
                                .orElse(true)))
                .toList();
        changes.add(new HostChanges(host.id(), opened, changed, resolved));
        next.put(host.id(), new Known(facts, Optional.of(seen), standing));
    }

    private static Resolution resolution(Finding finding, VulnerabilityIndex index) {
        return finding.kind() == FindingKind.VULNERABILITY && !index.knows(finding.subject())
                ? Resolution.WITHDRAWN
                : Resolution.MENDED;
    }

    private HostChanges gone(String id, Instant now) {
        Known before = known.getOrDefault(id, Known.NONE);
        return new HostChanges(
                id,
                List.of(),
                List.of(),
                before.findings().stream()
                        .map(finding -> new Resolved(finding, now, Resolution.GONE, true))
                        .toList());
    }

    /** Another number whenever those of any host changed. */
    public synchronized long changes() {
        return changed;
    }

    /** Of one host, as of the last refresh. */
    public synchronized List<Finding> of(String hostId) {
        Known one = known.get(hostId);
        return one == null ? List.of() : one.findings();
    }
}
