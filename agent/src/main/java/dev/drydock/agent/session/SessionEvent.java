package dev.drydock.agent.session;

import dev.drydock.agent.identity.Identity;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.Status;

/** What the session's thread is told by others. */
sealed interface SessionEvent {
    /** Of one connection; means nothing on a later one. */
    sealed interface OfConnection extends SessionEvent {
        GrpcWire wire();
    }

    record Received(GrpcWire wire, ControllerMessage message) implements OfConnection {}

    record Ready(GrpcWire wire) implements OfConnection {}

    record Closed(GrpcWire wire, Status status) implements OfConnection {}

    /** Runs have events or output that they did not have before. */
    record News() implements SessionEvent {}

    /** Work that the controller asked for is done. */
    record Answer(AgentMessage message) implements SessionEvent {}

    record Gathered(Host facts) implements SessionEvent {}

    record Renewed(Identity identity) implements SessionEvent {}

    record NotRenewed(String reason) implements SessionEvent {}
}
