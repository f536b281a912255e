package dev.drydock.controller.api;

import dev.drydock.controller.cluster.MemberStatus;
import dev.drydock.controller.cluster.Members;
import dev.drydock.proto.v1.Controller;
import dev.drydock.proto.v1.ControllerServiceGrpc.ControllerServiceImplBase;
import dev.drydock.proto.v1.ListControllersRequest;
import dev.drydock.proto.v1.ListControllersResponse;
import io.grpc.stub.StreamObserver;

/** The controllers that share this one's database, and which of them leads. */
public final class ControllerService extends ControllerServiceImplBase {
    private final Members members;

    public ControllerService(Members members) {
        this.members = members;
    }

    @Override
    public void listControllers(ListControllersRequest request, StreamObserver<ListControllersResponse> call) {
        Calls.answer(call, () -> ListControllersResponse.newBuilder()
                .addAllControllers(
                        members.all().stream().map(ControllerService::message).toList())
                .build());
    }

    private static Controller message(MemberStatus member) {
        Controller.Builder controller = Controller.newBuilder()
                .setName(member.name())
                .setVersion(member.version())
                .setLeads(member.leads())
                .setTerm(member.epoch().orElse(0L))
                .setStartedAt(Times.timestamp(member.startedAt()))
                .setSeenAt(Times.timestamp(member.seenAt()))
                .setAgents(member.connections());
        member.since().ifPresent(since -> controller.setLeadsSince(Times.timestamp(since)));
        return controller.build();
    }
}
