package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.HandOverIncidentRequest;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.IncidentServiceGrpc;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceBlockingStub;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** What failed, who has it in hand, and how much time is left. */
public final class IncidentsPage {
    private static final String PART = "incidents";

    public Reply list(Request request) {
        boolean all = !request.query("all").isEmpty();
        String contract = request.query("contract");
        Asked<ListIncidentsResponse> answer = Asked.of(() -> incidents(request)
                .listIncidents(ListIncidentsRequest.newBuilder()
                        .setAll(all)
                        .setContract(contract)
                        .setPageSize(Pager.SIZE)
                        .setPageToken(request.query("page"))
                        .build()));
        return Reply.page("incidents", PART, "Incidents", new View(answer, all, contract));
    }

    public Reply show(Request request) {
        Incident incident = incidents(request)
                .getIncident(GetIncidentRequest.newBuilder()
                        .setId(request.path("id"))
                        .build());
        return Reply.page("incident", PART, incident.getId() + " " + incident.getTitle(), new One(incident));
    }

    public Reply respond(Request request) {
        return seen(incidents(request).respondToIncident(change(request)));
    }

    public Reply resolve(Request request) {
        return seen(incidents(request).resolveIncident(change(request)));
    }

    public Reply close(Request request) {
        return seen(incidents(request).closeIncident(change(request)));
    }

    public Reply comment(Request request) {
        return seen(incidents(request).commentIncident(change(request)));
    }

    /** To maintenance. */
    public Reply handOver(Request request) {
        return handOver(request, false);
    }

    /** To operation. */
    public Reply handBack(Request request) {
        return handOver(request, true);
    }

    private static Reply handOver(Request request, boolean toOperation) {
        return seen(incidents(request)
                .handOverIncident(HandOverIncidentRequest.newBuilder()
                        .setId(request.path("id"))
                        .setToOperation(toOperation)
                        .setComment(request.form("comment"))
                        .build()));
    }

    private static IncidentChangeRequest change(Request request) {
        return IncidentChangeRequest.newBuilder()
                .setId(request.path("id"))
                .setComment(request.form("comment"))
                .build();
    }

    private static Reply seen(Incident incident) {
        return new Reply.Seen(Paths.incident(incident.getId()));
    }

    private static IncidentServiceBlockingStub incidents(Request request) {
        return request.api().calls(IncidentServiceGrpc::newBlockingStub);
    }

    /** @param all closed ones too */
    public record View(Asked<ListIncidentsResponse> answer, boolean all, String contract) {
        public String next() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("all", all ? "1" : "");
            query.put("contract", contract);
            query.put("page", answer.get().getNextPageToken());
            return Pager.link("/incidents", query);
        }
    }

    public record One(Incident incident) {
        public boolean open() {
            return incident.getState() == IncidentState.INCIDENT_OPEN;
        }

        public boolean operation() {
            return incident.getState() == IncidentState.INCIDENT_RESPONDED;
        }

        public boolean maintenance() {
            return incident.getState() == IncidentState.INCIDENT_HANDED_OVER;
        }

        public boolean resolved() {
            return incident.getState() == IncidentState.INCIDENT_RESOLVED;
        }

        public boolean closed() {
            return incident.getState() == IncidentState.INCIDENT_CLOSED;
        }
    }
}
