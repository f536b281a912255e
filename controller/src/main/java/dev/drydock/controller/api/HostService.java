package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostAdmin;
import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.v1.ClearCloneRequest;
import dev.drydock.proto.v1.DrainHostRequest;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostServiceGrpc.HostServiceImplBase;
import dev.drydock.proto.v1.HostState;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.RefreshFactsRequest;
import dev.drydock.proto.v1.RefreshFactsResponse;
import dev.drydock.proto.v1.RevokeHostRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The fleet's hosts. */
public final class HostService extends HostServiceImplBase {
    private final HostDirectory hosts;
    private final HostAdmin admin;
    private final BiPredicate<dev.drydock.proto.facts.v1.Host, dev.drydock.proto.facts.v1.Host> moves;

    /** @param moves whether anybody may do more, or less, on a host once it has other labels */
    public HostService(
            HostDirectory hosts,
            HostAdmin admin,
            BiPredicate<dev.drydock.proto.facts.v1.Host, dev.drydock.proto.facts.v1.Host> moves) {
        this.hosts = hosts;
        this.admin = admin;
        this.moves = moves;
    }

    @Override
    public void listHosts(ListHostsRequest request, StreamObserver<ListHostsResponse> call) {
        Calls.answer(call, () -> {
            Predicate<dev.drydock.proto.facts.v1.Host> wanted = Caller.views().and(Selection.of(request.getFilter()));
            List<HostView> found = hosts.all().stream()
                    .filter(host -> stands(host, request.getState()))
                    .filter(host -> wanted.test(host.facts()))
                    .toList();
            Pages.Page<HostView> page = Pages.of(
                            request.getPageSize(),
                            Pages.LARGEST,
                            request.getPageToken(),
                            "hosts",
                            request.getFilter(),
                            request.getState().name())
                    .of(found, HostView::name);
            return ListHostsResponse.newBuilder()
                    .addAllHosts(page.items().stream().map(HostService::message).toList())
                    .setNextPageToken(page.next())
                    .setTotalSize(found.size())
                    .build();
        });
    }

    private static boolean stands(HostView host, HostState state) {
        return switch (state) {
            case HOST_STATE_UNSPECIFIED -> true;
            case HOST_ONLINE -> host.online() && !host.revoked();
            case HOST_OFFLINE -> !host.online() && !host.revoked();
            case HOST_DRAINED -> host.drained();
            case HOST_REVOKED -> host.revoked();
            case UNRECOGNIZED ->
                throw Refusals.invalid(
                        List.of("state: is none of HOST_ONLINE, HOST_OFFLINE, HOST_DRAINED, HOST_REVOKED"));
        };
    }

    @Override
    public void getHost(GetHostRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> message(Sight.of(hosts).host(request.getName())));
    }

    @Override
    public void labelHost(LabelHostRequest request, StreamObserver<Host> call) {
        Calls.answer(call, () -> {
            requireSameAccess(Sight.of(hosts).host(request.getName(), Role.OPERATOR), request);
            Optional<HostView> host = Refusals.checked(
                    () -> admin.label(request.getName(), request.getSetMap(), Set.copyOf(request.getRemoveList())));
            return message(host, request.getName());
        });
    }

    /** Labels say whose a host is: who does not operate the whole fleet moves none from one to another. */
    private void requireSameAccess(HostView host, LabelHostRequest request) {
        if (Caller.principal().everywhere(Role.OPERATOR)) {
            return;
        }
        dev.drydock.proto.facts.v1.Host.Builder then = host.facts().toBuilder().putAllLabels(request.getSetMap());
        request.getRemoveList().forEach(then::removeLabels);
        if (moves.test(host.facts(), then.build())) {
            throw Refusals.forbidden("labels: these change who may do what on host " + host.name()
                    + "; that needs the role operator for the whole fleet");
        }
    }

    @Override
    public void drainHost(DrainHostRequest request, StreamObserver<Host> call) {
        changed(request.getName(), Role.OPERATOR, call, () -> admin.drain(request.getName(), !request.getUndo()));
    }

    @Override
    public void clearClone(ClearCloneRequest request, StreamObserver<Host> call) {
        changed(request.getName(), Role.ADMIN, call, () -> admin.clearClone(request.getName()));
    }

    @Override
    public void revokeHost(RevokeHostRequest request, StreamObserver<Host> call) {
        changed(request.getName(), Role.ADMIN, call, () -> admin.revoke(request.getName()));
    }

    @Override
    public void refreshFacts(RefreshFactsRequest request, StreamObserver<RefreshFactsResponse> call) {
        Calls.answer(call, () -> {
            Sight sight = Sight.of(hosts);
            return admin.refreshFacts(
                            sight.host(request.getName(), Role.OPERATOR).id())
                    .map(host -> RefreshFactsResponse.getDefaultInstance())
                    .orElseThrow(() -> sight.unknown(request.getName()));
        });
    }

    private void changed(String name, Role least, StreamObserver<Host> call, Supplier<Optional<HostView>> change) {
        Calls.answer(call, () -> {
            Sight.of(hosts).host(name, least);
            return message(change.get(), name);
        });
    }

    private Host message(Optional<HostView> host, String name) {
        return host.map(HostService::message).orElseThrow(() -> Sight.of(hosts).unknown(name));
    }

    private static Host message(HostView host) {
        Host.Builder message = Host.newBuilder()
                .setFacts(host.facts())
                .setOnline(host.online())
                .setEnrolledAt(Times.timestamp(host.enrolledAt()))
                .setCertificateExpiresAt(Times.timestamp(host.certificateExpiresAt()))
                .setRevoked(host.revoked())
                .setDrained(host.drained())
                .setCloned(host.cloned())
                .setSteerable(Caller.may(Role.OPERATOR, host.facts()));
        Times.timestamp(host.lastSeen(), message::setLastSeen);
        host.clockSkew().map(Times::duration).ifPresent(message::setClockSkew);
        return message.build();
    }
}
