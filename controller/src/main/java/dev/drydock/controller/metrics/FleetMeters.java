package dev.drydock.controller.metrics;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.Compliance;
import dev.drydock.controller.compliance.ComplianceState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The fleet: hosts by state, and how they stand with their security updates. */
public final class FleetMeters {
    /** All hosts with all their facts are read for it. */
    static final Duration EVERY = Duration.ofMinutes(1);

    /** Each host is in one of them, in the first that holds. */
    enum HostState {
        REVOKED,
        CLONED,
        DRAINED,
        ONLINE,
        OFFLINE;

        static HostState of(HostView host) {
            if (host.revoked()) {
                return REVOKED;
            }
            if (host.cloned()) {
                return CLONED;
            }
            if (host.drained()) {
                return DRAINED;
            }
            return host.online() ? ONLINE : OFFLINE;
        }
    }

    private FleetMeters() {}

    /** @param connected agents whose stream is open now */
    public static void register(
            Registry registry, HostDirectory hosts, IntSupplier connected, InstantSource clock, LongSupplier nanos) {
        MeterRegistry meters = registry.meters();
        Gauge.builder("drydock.agents.connected", connected::getAsInt)
                .description("Agents whose stream is open now.")
                .register(meters);
        Aged<Counts> counts = new Aged<>(() -> Counts.of(hosts.all(), clock), EVERY, nanos);
        for (HostState state : HostState.values()) {
            Gauge.builder(
                            "drydock.hosts",
                            () -> counts.number(now -> now.hosts().getOrDefault(state, 0)))
                    .description("Hosts on record, each in the first state that holds; at most a minute old.")
                    .tag("state", Words.of(state))
                    .register(meters);
        }
        for (ComplianceState state : ComplianceState.values()) {
            Gauge.builder(
                            "drydock.compliance.hosts",
                            () -> counts.number(now -> now.compliance().getOrDefault(state, 0)))
                    .description("Hosts by how they stand with security updates, as `drydock report compliance` says by"
                            + " default; at most a minute old.")
                    .tag("state", Words.of(state))
                    .register(meters);
        }
    }

    private record Counts(Map<HostState, Integer> hosts, Map<ComplianceState, Integer> compliance) {
        static Counts of(List<HostView> all, InstantSource clock) {
            Map<HostState, Integer> hosts = new EnumMap<>(HostState.class);
            all.forEach(host -> hosts.merge(HostState.of(host), 1, Integer::sum));
            return new Counts(hosts, Compliance.counts(all, clock.instant(), Compliance.DEFAULT_GRACE));
        }
    }
}
