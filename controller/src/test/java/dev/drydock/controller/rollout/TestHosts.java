package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A fleet that a test sets: hosts {@code h-1}, {@code host-1} and so on, role web, on line. */
public final class TestHosts implements HostDirectory {
    private final Map<String, HostView> hosts = new ConcurrentSkipListMap<>();

    public TestHosts(int count) {
        for (int i = 1; i <= count; i++) {
            put(i, true, false, false);
        }
    }

    public void put(int number, boolean online, boolean revoked, boolean drained) {
        put(
                Host.newBuilder()
                        .setId("h-" + number)
                        .setName("host-" + number)
                        .putLabels("role", "web")
                        .setOs(Os.newBuilder().setFamily("debian"))
                        .build(),
                online,
                revoked,
                drained);
    }

    public void put(Host facts, boolean online, boolean revoked, boolean drained) {
        put(facts, online, revoked, drained, Plans.BEFORE);
    }

    public void put(Host facts, boolean online, boolean revoked, boolean drained, Instant seen) {
        hosts.put(
                facts.getName(),
                new HostView(
                        facts,
                        online,
                        Optional.of(seen),
                        Instant.EPOCH,
                        Instant.MAX,
                        revoked,
                        drained,
                        false,
                        Optional.empty()));
    }

    @Override
    public List<HostView> all() {
        return List.copyOf(hosts.values());
    }

    @Override
    public Optional<HostView> find(String idOrName) {
        return hosts.values().stream()
                .filter(host -> host.id().equals(idOrName) || host.name().equals(idOrName))
                .findFirst();
    }
}
