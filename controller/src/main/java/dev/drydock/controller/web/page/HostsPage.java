package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Chapter;
import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.controller.web.text.Cel;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.HostState;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fleet, searched and filtered; the server gives one page at a time, however many hosts there are. */
public final class HostsPage {
    private static final Map<String, Wanted> STATES = states();

    private static Map<String, Wanted> states() {
        Map<String, Wanted> states = new LinkedHashMap<>();
        states.put("online", new Wanted(HostState.HOST_ONLINE, ""));
        states.put("offline", new Wanted(HostState.HOST_OFFLINE, ""));
        states.put(
                "security updates", new Wanted(HostState.HOST_STATE_UNSPECIFIED, "host.packages.pending_security > 0"));
        states.put("reboot needed", new Wanted(HostState.HOST_STATE_UNSPECIFIED, "host.reboot.required"));
        states.put("drained", new Wanted(HostState.HOST_DRAINED, ""));
        states.put("revoked", new Wanted(HostState.HOST_REVOKED, ""));
        return states;
    }

    public Reply list(Request request) {
        String words = request.query("q");
        String filter = request.query("filter");
        String state = request.query("state");
        String after = request.query("after");
        Wanted wanted = STATES.getOrDefault(state, new Wanted(HostState.HOST_STATE_UNSPECIFIED, ""));
        String problem = "";
        ListHostsResponse found = ListHostsResponse.getDefaultInstance();
        try {
            found = request.api()
                    .calls(HostServiceGrpc::newBlockingStub)
                    .listHosts(ListHostsRequest.newBuilder()
                            .setFilter(Cel.all(List.of(Cel.search(words), filter, wanted.filter())))
                            .setState(wanted.state())
                            .setPageSize(Pager.SIZE)
                            .setPageToken(after)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
                throw e;
            }
            problem = String.valueOf(e.getStatus().getDescription());
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("q", words);
        query.put("filter", filter);
        query.put("state", state);
        boolean asked = !words.isEmpty() || !filter.isEmpty() || !state.isEmpty() || !after.isEmpty();
        View view = new View(
                new Chapter<>(
                        found.getHostsList(),
                        found.getTotalSize(),
                        after.isEmpty(),
                        found.getNextPageToken(),
                        "/hosts",
                        query),
                words,
                filter,
                state,
                List.copyOf(STATES.keySet()),
                problem,
                !asked && found.getHostsCount() == 0);
        return Reply.page(request.partial() ? "hostsTable" : "hosts", "hosts", "Hosts", view);
    }

    /** @param filter CEL */
    private record Wanted(HostState state, String filter) {}

    /**
     * @param problem why the filter is none; empty: it is one
     * @param none there is no host at all
     */
    public record View(
            Chapter<Host> hosts,
            String words,
            String filter,
            String state,
            List<String> states,
            String problem,
            boolean none) {}
}
