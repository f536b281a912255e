package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Chapter;
import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import java.util.Map;

/** All rollouts, the newest first. */
public final class RolloutsPage {
    public Reply list(Request request) {
        String after = request.query("after");
        ListRolloutsResponse found = request.api()
                .calls(RolloutServiceGrpc::newBlockingStub)
                .listRollouts(ListRolloutsRequest.newBuilder()
                        .setPageSize(Pager.SIZE)
                        .setPageToken(after)
                        .build());
        return Reply.page(
                "rollouts",
                "rollouts",
                "Rollouts",
                new View(new Chapter<>(
                        found.getRolloutsList(),
                        -1,
                        after.isEmpty(),
                        found.getNextPageToken(),
                        "/rollouts",
                        Map.of())));
    }

    public record View(Chapter<Rollout> rollouts) {}
}
