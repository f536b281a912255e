package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.Cel;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.ListHostsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The fleet, searched and filtered. */
public final class HostsPage {
    private static final Map<String, Predicate<Host>> STATES = states();

    private static Map<String, Predicate<Host>> states() {
        Map<String, Predicate<Host>> states = new LinkedHashMap<>();
        states.put("online", host -> host.getOnline() && !host.getRevoked());
        states.put("offline", host -> !host.getOnline() && !host.getRevoked());
        states.put("security updates", host -> host.getFacts().getPackages().getPendingSecurity() > 0);
        states.put("reboot needed", host -> host.getFacts().getReboot().getRequired());
        states.put("drained", Host::getDrained);
        states.put("revoked", Host::getRevoked);
        return states;
    }

    public Reply list(Request request) {
        String words = request.query("q");
        String filter = request.query("filter");
        String state = request.query("state");
        String problem = "";
        List<Host> hosts = List.of();
        try {
            hosts = request.api()
                    .calls(HostServiceGrpc::newBlockingStub)
                    .listHosts(ListHostsRequest.newBuilder()
                            .setFilter(Cel.all(List.of(Cel.search(words), filter)))
                            .build())
                    .getHostsList();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                throw e;
            }
            problem = String.valueOf(e.getStatus().getDescription());
        }
        Predicate<Host> wanted = STATES.getOrDefault(state, host -> true);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("q", words);
        query.put("filter", filter);
        query.put("state", state);
        boolean none = words.isEmpty() && filter.isEmpty() && hosts.isEmpty() && problem.isEmpty();
        View view = new View(
                Pager.of(hosts.stream().filter(wanted).toList(), request.query("page"), "/hosts", query),
                words,
                filter,
                state,
                List.copyOf(STATES.keySet()),
                problem,
                none);
        return Reply.page(request.partial() ? "hostsTable" : "hosts", "hosts", "Hosts", view);
    }

    /**
     * @param problem why the filter is none; empty: it is one
     * @param none there is no host at all
     */
    public record View(
            Pager<Host> hosts,
            String words,
            String filter,
            String state,
            List<String> states,
            String problem,
            boolean none) {}
}
