package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceBlockingStub;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunServiceGrpc;
import java.util.Comparator;
import java.util.List;

/** All that is known of one host, and its past. */
public final class HostPage {
    private static final int MOST_RUNS = 50;

    public Reply show(Request request) {
        String name = request.path("name");
        Host host =
                hosts(request).getHost(GetHostRequest.newBuilder().setName(name).build());
        List<Run> runs = request.api()
                .calls(RunServiceGrpc::newBlockingStub)
                .listRuns(ListRunsRequest.newBuilder()
                        .setHost(name)
                        .setLimit(MOST_RUNS)
                        .build())
                .getRunsList();
        List<PendingUpdate> pending = host.getFacts().getPackages().getPendingList().stream()
                .sorted(Comparator.comparing(PendingUpdate::getSecurity)
                        .reversed()
                        .thenComparing(PendingUpdate::getName))
                .toList();
        return Reply.page("host", "hosts", host.getFacts().getName(), new View(host, pending, runs));
    }

    /** A drained host gets no new runs. */
    public Reply drain(Request request) {
        String name = request.path("name");
        var unused = hosts(request)
                .drainHost(DrainHostRequest.newBuilder()
                        .setName(name)
                        .setUndo(request.checked("undo"))
                        .build());
        return new Reply.Seen(Paths.host(name));
    }

    public Reply refresh(Request request) {
        String name = request.path("name");
        var unused = hosts(request)
                .refreshFacts(RefreshFactsRequest.newBuilder().setName(name).build());
        return new Reply.Seen(Paths.host(name));
    }

    /** Sets one label; with an empty value takes it away. */
    public Reply label(Request request) {
        String name = request.path("name");
        LabelHostRequest.Builder label = LabelHostRequest.newBuilder().setName(name);
        if (request.form("value").isEmpty()) {
            label.addRemove(request.form("label"));
        } else {
            label.putSet(request.form("label"), request.form("value"));
        }
        var unused = hosts(request).labelHost(label.build());
        return new Reply.Seen(Paths.host(name));
    }

    private static HostServiceBlockingStub hosts(Request request) {
        return request.api().calls(HostServiceGrpc::newBlockingStub);
    }

    /** @param pending security updates first */
    public record View(Host host, List<PendingUpdate> pending, List<Run> runs) {}
}
