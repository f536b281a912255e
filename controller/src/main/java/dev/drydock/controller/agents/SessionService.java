package dev.drydock.controller.agents;

import dev.drydock.controller.agents.transport.PeerIdentity;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.SessionGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Opens streams. */
final class SessionService extends SessionGrpc.SessionImplBase {
    private final PlaneParts parts;

    SessionService(PlaneParts parts) {
        this.parts = parts;
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> responses) {
        AgentSession session = new AgentSession(
                PeerIdentity.current(), (ServerCallStreamObserver<ControllerMessage>) responses, parts);
        session.begin();
        return session;
    }
}
