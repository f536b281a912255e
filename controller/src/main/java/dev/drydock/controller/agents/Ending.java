package dev.drydock.controller.agents;

import com.google.protobuf.Duration;
import dev.drydock.proto.agent.v1.GoAway;
import io.grpc.Status;

/** Ways in which a stream ends: what the agent is told, and the status. */
record Ending(GoAway goAway, Status status) {
    /** The agent comes back by itself. */
    static Ending comeBack(Status.Code code, String reason, java.time.Duration after) {
        GoAway goAway = GoAway.newBuilder()
                .setReason(reason)
                .setAfter(Duration.newBuilder().setSeconds(after.getSeconds()).setNanos(after.getNano()))
                .build();
        return new Ending(goAway, code.toStatus().withDescription(reason));
    }

    /** The agent must not come back until a person did something. */
    static Ending forGood(Status.Code code, String reason) {
        return new Ending(
                GoAway.newBuilder().setReason(reason).setFinal(true).build(),
                code.toStatus().withDescription(reason));
    }
}
