package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostAdmin;
import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.proto.v1.ClearCloneRequest;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceImplBase;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.RefreshFactsResponse;
import dev.drydock.proto.v1.RevokeHostRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The fleet's hosts. */
public final class HostService extends HostServiceImplBase {
    private final HostDirectory hosts;
    private final HostAdmin admin;

    public HostService(HostDirectory hosts, HostAdmin admin) {
        this.hosts = hosts;
        this.admin = admin;
    }

    @Override
    public void listHosts(ListHostsRequest request, StreamObserver<ListHostsResponse> call) {
        Calls.answer(call, () -> {
            Predicate<dev.drydock.proto.facts.v1.Host> wanted = Selection.of(request.getFilter());
            return ListHostsResponse.newBuilder()
                    .addAllHosts(hosts.all().stream()
                            .filter(host -> wanted.test(host.facts()))
                            .map(HostService::message)
                            .toList())
                    .build();
        });
    }

    @Override
    public void getHost(GetHostRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> message(hosts.find(request.getName()), request.getName()));
    }

    @Override
    public void labelHost(LabelHostRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> {
            Optional<HostView> host = Refusals.checked(
                    () -> admin.label(request.getName(), request.getSetMap(), Set.copyOf(request.getRemoveList())));
            return message(host, request.getName());
        });
    }

    @Override
    public void drainHost(DrainHostRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> message(admin.drain(request.getName(), !request.getUndo()), request.getName()));
    }

    @Override
    public void clearClone(ClearCloneRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> message(admin.clearClone(request.getName()), request.getName()));
    }

    @Override
    public void revokeHost(RevokeHostRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> message(admin.revoke(request.getName()), request.getName()));
    }

    @Override
    public void refreshFacts(RefreshFactsRequest request, StreamObserver<RefreshFactsResponse> call) {
        Calls.answer(call, () -> admin.refreshFacts(request.getName())
                .map(host -> RefreshFactsResponse.getDefaultInstance())
                .orElseThrow(() -> unknown(request.getName())));
    }

    private Host message(Optional<HostView> host, String name) {
        return host.map(HostService::message).orElseThrow(() -> unknown(name));
    }

    private StatusRuntimeException unknown(String name) {
        return Refusals.notFound(
                "host", name, hosts.all().stream().map(HostView::name).toList());
    }

    private static Host message(HostView host) {
        Host.Builder message = Host.newBuilder()
                .setFacts(host.facts())
                .setOnline(host.online())
                .setEnrolledAt(Times.timestamp(host.enrolledAt()))
                .setCertificateExpiresAt(Times.timestamp(host.certificateExpiresAt()))
                .setRevoked(host.revoked())
                .setDrained(host.drained())
                .setCloned(host.cloned());
        Times.timestamp(host.lastSeen(), message::setLastSeen);
        host.clockSkew().map(Times::duration).ifPresent(message::setClockSkew);
        return message.build();
    }
}
