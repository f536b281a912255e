package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostAdmin;
import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A fleet in memory. */
final class FakeHosts implements HostDirectory, HostAdmin {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    final List<String> cleared = new CopyOnWriteArrayList<>();
    final List<String> refreshed = new CopyOnWriteArrayList<>();
    private final Map<String, HostView> byName = new TreeMap<>();

    synchronized void add(String id, String name, String role) {
        Host facts = Host.newBuilder()
                .setId(id)
                .setName(name)
                .putLabels("role", role)
                .setOs(Os.newBuilder().setFamily("debian"))
                .build();
        byName.put(name, view(facts, false, false));
    }

    synchronized void pending(String name, String updated, Instant firstSeen) {
        change(
                name,
                host -> view(
                        host.facts().toBuilder()
                                .setPackages(host.facts().getPackages().toBuilder()
                                        .setRefreshedAt(Times.timestamp(NOON))
                                        .addPending(PendingUpdate.newBuilder()
                                                .setName(updated)
                                                .setSecurity(true)
                                                .setFirstSeen(Times.timestamp(firstSeen))))
                                .build(),
                        host.revoked(),
                        host.drained()));
    }

    /** Replaces what is known of it. */
    synchronized void facts(String name, UnaryOperator<Host> facts) {
        change(name, host -> view(facts.apply(host.facts()), host.revoked(), host.drained()));
    }

    private static HostView view(Host facts, boolean revoked, boolean drained) {
        return new HostView(
                facts,
                true,
                Optional.of(NOON),
                NOON.minusSeconds(3600),
                NOON.plusSeconds(86_400),
                revoked,
                drained,
                false,
                Optional.of(Duration.ofMillis(-250)));
    }

    private synchronized Optional<HostView> change(String idOrName, UnaryOperator<HostView> change) {
        Optional<HostView> changed = find(idOrName).map(change);
        changed.ifPresent(host -> byName.put(host.name(), host));
        return changed;
    }

    @Override
    public synchronized List<HostView> all() {
        return new ArrayList<>(byName.values());
    }

    @Override
    public synchronized Optional<HostView> find(String idOrName) {
        return byName.values().stream()
                .filter(host -> host.id().equals(idOrName) || host.name().equals(idOrName))
                .findFirst();
    }

    @Override
    public Optional<HostView> label(String idOrName, Map<String, String> set, Set<String> remove) {
        if (set.containsKey("")) {
            throw new IllegalArgumentException("labels: a key is empty\nlabels: expected letters");
        }
        return change(idOrName, host -> {
            Map<String, String> labels = new HashMap<>(host.facts().getLabelsMap());
            labels.putAll(set);
            labels.keySet().removeAll(remove);
            return view(
                    host.facts().toBuilder().clearLabels().putAllLabels(labels).build(),
                    host.revoked(),
                    host.drained());
        });
    }

    @Override
    public Optional<HostView> drain(String idOrName, boolean drained) {
        return change(idOrName, host -> view(host.facts(), host.revoked(), drained));
    }

    @Override
    public Optional<HostView> clearClone(String idOrName) {
        Optional<HostView> host = find(idOrName);
        host.ifPresent(found -> cleared.add(found.name()));
        return host;
    }

    @Override
    public Optional<HostView> revoke(String idOrName) {
        return change(idOrName, host -> view(host.facts(), true, host.drained()));
    }

    @Override
    public Optional<HostView> refreshFacts(String idOrName) {
        Optional<HostView> host = find(idOrName);
        host.ifPresent(found -> refreshed.add(found.name()));
        return host;
    }
}
