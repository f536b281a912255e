package dev.drydock.controller.api;

import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A service of which the test says what it does when it is to change something. */
final class FakeTeams extends TeamServiceImplBase {
    private final AtomicInteger created = new AtomicInteger();
    private volatile Consumer<StreamObserver<CreateTeamResponse>> doing = FakeTeams::done;

    static void done(StreamObserver<CreateTeamResponse> call) {
        call.onNext(CreateTeamResponse.getDefaultInstance());
        call.onCompleted();
    }

    void does(Consumer<StreamObserver<CreateTeamResponse>> what) {
        doing = what;
    }

    /** How often it was called. */
    int created() {
        return created.get();
    }

    @Override
    public void createTeam(CreateTeamRequest request, StreamObserver<CreateTeamResponse> call) {
        created.incrementAndGet();
        doing.accept(call);
    }

    @Override
    public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> call) {
        call.onNext(ListTeamsResponse.getDefaultInstance());
        call.onCompleted();
    }
}
