package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import java.util.List;
import java.util.Map;

/** All rollouts, the newest first. */
public final class RolloutsPage {
    public Reply list(Request request) {
        List<Rollout> rollouts = request.api()
                .calls(RolloutServiceGrpc::newBlockingStub)
                .listRollouts(ListRolloutsRequest.getDefaultInstance())
                .getRolloutsList();
        return Reply.page(
                "rollouts",
                "rollouts",
                "Rollouts",
                new View(Pager.of(rollouts, request.query("page"), "/rollouts", Map.of())));
    }

    public record View(Pager<Rollout> rollouts) {}
}
