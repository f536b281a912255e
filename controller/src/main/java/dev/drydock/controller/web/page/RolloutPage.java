package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.AbortRolloutRequest;
import dev.drydock.proto.v1.ApproveRolloutRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.ResumeRolloutRequest;
import dev.drydock.proto.v1.RetryRolloutRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceBlockingStub;

/** One rollout: how it stands, live, and what steers it. */
public final class RolloutPage {
    public Reply show(Request request) {
        Rollout rollout = rollouts(request)
                .getRollout(GetRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .build());
        return Reply.page("rollout", "rollouts", rollout.getSpec().getName(), RolloutView.of(rollout));
    }

    public Reply pause(Request request) {
        return seen(rollouts(request)
                .pauseRollout(PauseRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .build()));
    }

    public Reply resume(Request request) {
        return seen(rollouts(request)
                .resumeRollout(ResumeRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .build()));
    }

    public Reply abort(Request request) {
        return seen(rollouts(request)
                .abortRollout(AbortRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .setRollBack(request.checked("rollBack"))
                        .build()));
    }

    public Reply retry(Request request) {
        return seen(rollouts(request)
                .retryRollout(RetryRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .build()));
    }

    public Reply approve(Request request) {
        return seen(rollouts(request)
                .approveRollout(ApproveRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .setComment(request.form("comment"))
                        .build()));
    }

    private static Reply seen(Rollout rollout) {
        return new Reply.Seen(Paths.rollout(rollout.getSpec().getName()));
    }

    private static RolloutServiceBlockingStub rollouts(Request request) {
        return request.api().calls(RolloutServiceGrpc::newBlockingStub);
    }
}
