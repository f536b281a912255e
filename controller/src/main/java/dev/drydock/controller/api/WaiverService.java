package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.waiver.UnknownWaiverException;
import dev.drydock.controller.waiver.Waivers;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.v1.ApproveWaiverRequest;
import dev.drydock.proto.v1.CreateWaiverRequest;
import dev.drydock.proto.v1.GetWaiverRequest;
import dev.drydock.proto.v1.ListWaiversRequest;
import dev.drydock.proto.v1.ListWaiversResponse;
import dev.drydock.proto.v1.RevokeWaiverRequest;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverServiceGrpc.WaiverServiceImplBase;
import dev.drydock.proto.v1.WaiverState;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** Waivers. Who may not see all hosts sees and steers those alone that are for hosts that it sees. */
public final class WaiverService extends WaiverServiceImplBase {
    private static final int USUAL = 1000;
    private static final int MOST = 10_000;

    private final Waivers waivers;
    private final HostDirectory hosts;
    private final InstantSource clock;

    public WaiverService(Waivers waivers, HostDirectory hosts, InstantSource clock) {
        this.waivers = waivers;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public void createWaiver(CreateWaiverRequest request, StreamObserver<Waiver> call) {
        Calls.answer(call, () -> {
            if (Sight.of(hosts).beyond(request.getHosts())) {
                throw Refusals.refused("hosts: selects hosts that you may not see; select fewer.");
            }
            return message(waivers.ask(WaiverMapper.draft(request), Caller.name()));
        });
    }

    @Override
    public void listWaivers(ListWaiversRequest request, StreamObserver<ListWaiversResponse> call) {
        Calls.answer(call, () -> {
            List<Waiver> found = visible().stream()
                    .map(this::message)
                    .filter(one -> request.getState() == WaiverState.WAIVER_STATE_UNSPECIFIED
                            || request.getState() == one.getState())
                    .toList();
            int size = request.getPageSize() == 0 ? USUAL : Math.min(request.getPageSize(), MOST);
            Page<Waiver> page = Page.of(found, size, request.getPageToken());
            return ListWaiversResponse.newBuilder()
                    .addAllWaivers(page.items())
                    .setNextPageToken(page.next())
                    .build();
        });
    }

    @Override
    public void getWaiver(GetWaiverRequest request, StreamObserver<Waiver> call) {
        Calls.answer(call, () -> message(known(request.getName())));
    }

    @Override
    public void approveWaiver(ApproveWaiverRequest request, StreamObserver<Waiver> call) {
        Calls.answer(call, () -> changed(request.getName(), one -> waivers.approve(one.name(), Caller.name())));
    }

    @Override
    public void revokeWaiver(RevokeWaiverRequest request, StreamObserver<Waiver> call) {
        Calls.answer(call, () -> changed(request.getName(), one -> waivers.revoke(one.name(), Caller.name())));
    }

    private Waiver changed(String name, UnaryOperator<dev.drydock.controller.waiver.Waiver> change) {
        dev.drydock.controller.waiver.Waiver waiver = known(name);
        if (Sight.of(hosts).beyond(waiver.hosts())) {
            throw Refusals.refused("Waiver " + name + " is for hosts too that you may not see.");
        }
        return message(change.apply(waiver));
    }

    private dev.drydock.controller.waiver.Waiver known(String name) {
        List<dev.drydock.controller.waiver.Waiver> seen = visible();
        try {
            dev.drydock.controller.waiver.Waiver found = waivers.find(name);
            if (seen.contains(found)) {
                return found;
            }
        } catch (UnknownWaiverException e) {
            // As if it were one of hosts that are not seen.
        }
        throw Refusals.notFound(
                "waiver",
                name,
                seen.stream().map(dev.drydock.controller.waiver.Waiver::name).toList());
    }

    /** Who may not see all hosts sees those that take a host that it sees. */
    private List<dev.drydock.controller.waiver.Waiver> visible() {
        Sight sight = Sight.of(hosts);
        if (sight.whole()) {
            return waivers.all();
        }
        List<Host> own = sight.all().stream().map(HostView::facts).toList();
        return waivers.all().stream()
                .filter(waiver -> own.stream().anyMatch(Selection.taking(waiver.hosts())))
                .toList();
    }

    private Waiver message(dev.drydock.controller.waiver.Waiver waiver) {
        return WaiverMapper.message(waiver, clock.instant(), Sight.of(hosts));
    }
}
