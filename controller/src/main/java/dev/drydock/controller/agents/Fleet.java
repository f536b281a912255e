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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the rest of the controller sees of hosts: the record and the sessions together. Safe for use by several threads. */
final class Fleet implements HostDirectory, HostAdmin, RunDispatcher {
    private static final Logger log = LoggerFactory.getLogger(Fleet.class);
    private static final int CUT_SECONDS = 10;

    private final PlaneParts parts;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    Fleet(PlaneParts parts) {
        this.parts = parts;
        this.revoked.addAll(parts.hosts().revoked());
    }

    boolean isRevoked(String hostId) {
        return revoked.contains(hostId);
    }

    @Override
    public List<HostView> all() {
        return parts.hosts().all().stream().map(this::view).toList();
    }

    @Override
    public Optional<HostView> find(String idOrName) {
        return parts.hosts().find(idOrName).map(this::view);
    }

    private HostView view(HostRecord host) {
        Host facts = host.facts().orElse(Host.getDefaultInstance()).toBuilder()
                .setId(host.id())
                .setName(host.name())
                .clearLabels()
                .putAllLabels(host.labels())
                .build();
        Optional<Sighting> later = parts.presence().since(host.id());
        Optional<Instant> lastSeen = later.map(Sighting::at).or(host::lastSeen);
        Optional<Duration> skew = later.flatMap(Sighting::clockSkew).or(host::clockSkew);
        boolean online =
                parts.registry().of(host.id()).filter(AgentSession::isOpen).isPresent();
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
