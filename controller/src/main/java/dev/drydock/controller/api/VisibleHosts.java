package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.incident.Incident;
import dev.drydock.proto.facts.v1.Host;
import java.util.Optional;
import java.util.function.Predicate;

/** What of the record the caller may see, by hosts as they are now. A host that is gone is seen by who sees a host without labels. */
final class VisibleHosts {
    private final HostDirectory hosts;
    private final Predicate<Host> views = Caller.views();

    private VisibleHosts(HostDirectory hosts) {
        this.hosts = hosts;
    }

    static VisibleHosts of(HostDirectory hosts) {
        return new VisibleHosts(hosts);
    }

    boolean sees(String hostId) {
        return views.test(hosts.find(hostId)
                .map(HostView::facts)
                .orElseGet(() -> Host.newBuilder().setId(hostId).build()));
    }

    /** With the hosts that may be seen; empty: none may. */
    Optional<Incident> of(Incident incident) {
        Incident seen = within(incident);
        return seen.hosts().isEmpty() ? Optional.empty() : Optional.of(seen);
    }

    /** With the hosts that may be seen, however few these are. */
    Incident within(Incident incident) {
        return incident.with(
                incident.hosts().stream().filter(host -> sees(host.id())).toList());
    }
}
