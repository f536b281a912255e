package dev.drydock.controller;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.api.ContractService;
import dev.drydock.controller.api.IncidentService;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.incident.IncidentKeeper;
import dev.drydock.controller.incident.IncidentStore;
import dev.drydock.controller.incident.Incidents;
import dev.drydock.controller.run.RunNotifier;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.store.Store;
import java.time.InstantSource;

/** The part of the controller that keeps what was agreed with clients: contracts, and incidents that are counted against them. */
record Servicing(Contracts contracts, IncidentStore store, Incidents incidents, IncidentKeeper keeper) {
    static Servicing of(Store database, CalendarLibrary calendars, HostDirectory hosts, InstantSource clock) {
        Contracts contracts = new Contracts(
                new SqlContracts(database),
                () -> hosts.all().stream()
                        .filter(host -> !host.revoked())
                        .map(HostView::facts)
                        .toList(),
                name -> calendars.all().stream()
                        .anyMatch(calendar -> calendar.name().equals(name)),
                clock);
        IncidentStore store = new SqlIncidents(database);
        return new Servicing(
                contracts,
                store,
                new Incidents(store, contracts, hosts, calendars, clock),
                new IncidentKeeper(store, contracts, hosts, calendars, clock));
    }

    /** Begins with what ended while there was no controller. */
    Servicing start(Closing closing, RunNotifier runChanges) {
        runChanges.add(keeper);
        closing.add("incidents", keeper).start();
        return this;
    }

    ContractService contractService(HostDirectory hosts, CalendarLibrary calendars, InstantSource clock) {
        return new ContractService(contracts, store, hosts, calendars, clock);
    }

    IncidentService incidentService(HostDirectory hosts, InstantSource clock) {
        return new IncidentService(incidents, store, hosts, clock);
    }
}
