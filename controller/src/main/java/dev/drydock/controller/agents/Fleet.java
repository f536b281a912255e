package dev.drydock.controller.agents;

import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rest of the controller sees of hosts: the record and the sessions together. Safe for use by several threads. */
final class Fleet implements HostDirectory, HostAdmin, RunDispatcher {
    private static final Logger log = LoggerFactory.getLogger(Fleet.class);
    private static final int CUT_SECONDS = 10;

    private final PlaneParts parts;
    private final Waking waking;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    /** When hosts were last heard may be so old in the list of all: it changes many hundred times a second. */
    private static final long FRESH_NANOS = 1_000_000_000;

    private final Map<String, Made> made = new ConcurrentHashMap<>();
    private volatile @Nullable Listed listed;

    private record Listed(List<HostRecord> records, int told, long at, List<HostView> views) {}

    /** A view, and of what it was made: while that is the same, so is the view. Nobody ever leaves the record. */
    private record Made(HostRecord record, Optional<Sighting> later, HostView view) {}

    Fleet(PlaneParts parts) {
        this.parts = parts;
        this.waking = new Waking(parts);
        this.revoked.addAll(parts.hosts().revoked());
    }

    boolean isRevoked(String hostId) {
        return revoked.contains(hostId);
    }

    @Override
    public List<HostView> all() {
        List<HostRecord> records = parts.hosts().all();
        int told = parts.listeners().told();
        long now = parts.nanos().getAsLong();
        Listed before = listed;
        if (before != null && before.records() == records && before.told() == told && now - before.at() < FRESH_NANOS) {
            return before.views();
        }
        List<HostView> anew = records.stream().map(this::view).toList();
        // The same list again where nothing changed: others keep what they made of it.
        List<HostView> views = before != null && same(before.views(), anew) ? before.views() : anew;
        listed = new Listed(records, told, now, views);
        return views;
    }

    private static boolean same(List<HostView> before, List<HostView> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (before.get(i) != now.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<HostView> find(String idOrName) {
        return parts.hosts().find(idOrName).map(this::view);
    }

    private HostView view(HostRecord host) {
        Optional<Sighting> later = parts.presence().since(host.id());
        boolean online =
                parts.registry().of(host.id()).filter(AgentSession::isOpen).isPresent();
        Made before = made.get(host.id());
        if (before != null
                && before.record() == host
                && before.view().online() == online
                && before.later().equals(later)) {
            return before.view();
        }
        HostView view = view(host, facts(host, before), later, online);
        made.put(host.id(), new Made(host, later, view));
        return view;
    }

    /** The same object as before where it says the same: others keep what they made of it. */
    private static Host facts(HostRecord host, @Nullable Made before) {
        return before != null
                        && before.record().facts().orElse(null) == host.facts().orElse(null)
                        && before.record().name().equals(host.name())
                        && before.record().labels().equals(host.labels())
                ? before.view().facts()
                : host.facts().orElse(Host.getDefaultInstance()).toBuilder()
                        .setId(host.id())
                        .setName(host.name())
                        .clearLabels()
                        .putAllLabels(host.labels())
                        .build();
    }

    private static HostView view(HostRecord host, Host facts, Optional<Sighting> later, boolean online) {
        Optional<Instant> lastSeen = later.map(Sighting::at).or(host::lastSeen);
        Optional<Duration> skew = later.flatMap(Sighting::clockSkew).or(host::clockSkew);
        return new HostView(
                facts,
                online,
                lastSeen,
                host.enrolledAt(),
                host.certificateExpiresAt(),
                host.revoked(),
                host.drained(),
                host.cloned(),
                skew);
    }

    @Override
    public Optional<HostView> label(String idOrName, Map<String, String> set, Set<String> remove) {
        return changed(parts.hosts().label(idOrName, set, remove));
    }

    @Override
    public Optional<HostView> drain(String idOrName, boolean drained) {
        return changed(parts.hosts().drain(idOrName, drained));
    }

    @Override
    public Optional<HostView> clearClone(String idOrName) {
        return changed(parts.hosts().clearClone(idOrName));
    }

    /** A stream that opens meanwhile finds the host revoked on record. */
    @Override
    public Optional<HostView> revoke(String idOrName) {
        Optional<HostRecord> host = parts.hosts().revoke(idOrName);
        host.ifPresent(record -> {
            revoked.add(record.id());
            log.info("host {} ({}) is revoked", record.id(), record.name());
            CompletableFuture.allOf(parts.registry().allOf(record.id()).stream()
                            .map(session -> session.end(AgentSession.revoked(record.id())))
                            .toArray(CompletableFuture[]::new))
                    .orTimeout(CUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        });
        return changed(host);
    }

    private Optional<HostView> changed(Optional<HostRecord> host) {
        host.ifPresent(record -> parts.listeners().tell());
        return host.map(this::view);
    }

    @Override
    public Optional<HostView> refreshFacts(String idOrName) {
        Optional<HostRecord> host = parts.hosts().find(idOrName);
        host.flatMap(record -> parts.registry().of(record.id())).ifPresent(session -> session.requestFacts(true));
        return host.map(this::view);
    }

    @Override
    public void wake(String hostId) {
        parts.registry().of(hostId).ifPresent(AgentSession::wake);
    }

    @Override
    public void wake(List<String> hostIds) {
        waking.wake(hostIds);
    }

    @Override
    public void cancel(String hostId, String runId, CancelRun.Mode mode, String reason) {
        parts.pool().execute(() -> {
            try {
                parts.ledger().requestCancel(runId, mode, reason);
            } catch (RuntimeException e) {
                log.error("that run {} shall end is not on record; it is told to the agent only now", runId, e);
            }
            parts.registry().of(hostId).ifPresent(session -> session.cancel(new CancelRequest(runId, mode, reason)));
        });
    }
}
