package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.incident.IncidentAction;
import dev.drydock.controller.incident.IncidentFilter;
import dev.drydock.controller.incident.IncidentStore;
import dev.drydock.controller.incident.Incidents;
import dev.drydock.controller.incident.InvalidIncidentException;
import dev.drydock.controller.incident.UnknownIncidentException;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.HandOverIncidentRequest;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceImplBase;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.OpenIncidentRequest;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Incidents. Of each the caller sees the hosts that it may see, and of one without any nothing; to steer one takes all of its hosts. */
public final class IncidentService extends IncidentServiceImplBase {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final int READ_AT_ONCE = 500;

    private final Incidents incidents;
    private final IncidentStore store;
    private final HostDirectory hosts;
    private final InstantSource clock;

    public IncidentService(Incidents incidents, IncidentStore store, HostDirectory hosts, InstantSource clock) {
        this.incidents = incidents;
        this.store = store;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public void listIncidents(ListIncidentsRequest request, StreamObserver<ListIncidentsResponse> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            if (request.getPageSize() < 0) {
                problems.add("page_size: " + request.getPageSize() + "; expected 0 or more");
            }
            Optional<Long> before =
                    given(request.getPageToken()).flatMap(dev.drydock.controller.incident.Incident::number);
            if (!request.getPageToken().isEmpty() && before.isEmpty()) {
                problems.add("page_token: '" + request.getPageToken() + "'; expected that of the answer before");
            }
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            int most = request.getPageSize() == 0 ? PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
            VisibleHosts visible = VisibleHosts.of(hosts);
            Sight sight = Sight.of(hosts);
            List<dev.drydock.controller.incident.Incident> found = found(request, before, most + 1);
            List<dev.drydock.controller.incident.Incident> page = found.subList(0, Math.min(most, found.size()));
            return ListIncidentsResponse.newBuilder()
                    .addAllIncidents(page.stream()
                            .map(one -> IncidentView.of(one, visible, sight)
                                    .shown(IncidentMapper.brief(visible.within(one), clock.instant())))
                            .toList())
                    .setNextPageToken(found.size() > most ? page.getLast().id() : "")
                    .build();
        });
    }

    private List<dev.drydock.controller.incident.Incident> found(
            ListIncidentsRequest request, Optional<Long> before, int most) {
        VisibleHosts visible = VisibleHosts.of(hosts);
        Set<dev.drydock.controller.incident.IncidentState> states =
                IncidentMapper.states(request.getState(), request.getAll());
        List<dev.drydock.controller.incident.Incident> found = new ArrayList<>();
        Optional<Long> next = before;
        boolean more = true;
        while (more && found.size() < most) {
            List<dev.drydock.controller.incident.Incident> read =
                    store.list(new IncidentFilter(states, given(request.getContract()), next), READ_AT_ONCE);
            read.stream()
                    .filter(one -> visible.of(one)
                            .filter(seen -> request.getHost().isEmpty()
                                    || seen.hosts().stream()
                                            .anyMatch(host -> host.name().equals(request.getHost())))
                            .isPresent())
                    .forEach(found::add);
            more = read.size() == READ_AT_ONCE;
            next = more ? Optional.of(read.getLast().number()) : next;
        }
        return found.subList(0, Math.min(most, found.size()));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    @Override
    public void getIncident(GetIncidentRequest request, StreamObserver<Incident> call) {
        Calls.answer(call, () -> whole(seen(request.getId())));
    }

    @Override
    public void openIncident(OpenIncidentRequest request, StreamObserver<Incident> call) {
        Calls.answer(call, () -> {
            VisibleHosts visible = VisibleHosts.of(hosts);
            List<String> unseen = request.getHostsList().stream()
                    .filter(name -> hosts.find(name)
                            .filter(host -> visible.sees(host.id()))
                            .isEmpty())
                    .map(name -> "hosts: there is no host '" + name + "'")
                    .toList();
            if (!unseen.isEmpty()) {
                throw Refusals.invalid(unseen);
            }
            return whole(incidents.open(
                    new Incidents.Draft(
                            request.getHostsList(),
                            request.getTitle(),
                            ContractMapper.type(request.getType()).orElse(MaintenanceType.CORRECTIVE),
                            request.getComment(),
                            given(request.getRequestId())),
                    Caller.name()));
        });
    }

    @Override
    public void respondToIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
        Calls.answer(call, () -> act(request.getId(), IncidentAction.RESPOND, request.getComment()));
    }

    @Override
    public void handOverIncident(HandOverIncidentRequest request, StreamObserver<Incident> call) {
        Calls.answer(
                call,
                () -> act(
                        request.getId(),
                        request.getToOperation()
                                ? IncidentAction.HAND_TO_OPERATION
                                : IncidentAction.HAND_TO_MAINTENANCE,
                        request.getComment()));
    }

    @Override
    public void resolveIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
        Calls.answer(call, () -> act(request.getId(), IncidentAction.RESOLVE, request.getComment()));
    }

    @Override
    public void closeIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
        Calls.answer(call, () -> act(request.getId(), IncidentAction.CLOSE, request.getComment()));
    }

    @Override
    public void commentIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
        Calls.answer(call, () -> act(request.getId(), IncidentAction.COMMENT, request.getComment()));
    }

    private Incident act(String id, IncidentAction action, String comment) throws InvalidIncidentException {
        dev.drydock.controller.incident.Incident before = seen(id);
        requireSteered(before);
        return whole(incidents.act(before.number(), action, Caller.name(), comment));
    }

    private void requireSteered(dev.drydock.controller.incident.Incident incident) {
        if (!IncidentView.steerable(incident, Sight.of(hosts))) {
            throw Refusals.forbidden("This needs the role operator for all hosts of incident " + incident.id()
                    + ", which user " + Caller.name() + " has not.");
        }
    }

    /** As the caller may see it. */
    private Incident whole(dev.drydock.controller.incident.Incident incident) {
        VisibleHosts visible = VisibleHosts.of(hosts);
        return IncidentView.of(incident, visible, Sight.of(hosts))
                .shown(IncidentMapper.whole(
                        visible.within(incident),
                        clock.instant(),
                        store.evidence(incident.number()),
                        store.log(incident.number())));
    }

    /** With all of its hosts, of which the caller sees one at least. */
    private dev.drydock.controller.incident.Incident seen(String id) {
        return dev.drydock.controller.incident.Incident.number(id)
                .map(incidents::find)
                .filter(incident -> VisibleHosts.of(hosts).of(incident).isPresent())
                .orElseThrow(() -> new UnknownIncidentException(id));
    }
}
