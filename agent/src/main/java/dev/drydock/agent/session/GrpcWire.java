package dev.drydock.agent.session;

import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.SessionGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stream over gRPC. What happens on it is told as events, on the connection's own threads; one message at a time is let
 * in, so that what is not handled yet waits at the controller.
 */
final class GrpcWire implements Wire {
    private final ManagedChannel channel;
    private final Consumer<SessionEvent> events;
    private volatile @Nullable ClientCallStreamObserver<AgentMessage> stream;

    GrpcWire(ManagedChannel channel, Consumer<SessionEvent> events) {
        this.channel = channel;
        this.events = events;
    }

    /** Once. Connecting goes on in the background; how it went is told as an event. */
    void open() {
        SessionGrpc.newStub(channel).connect(new Responses());
    }

    ManagedChannel channel() {
        return channel;
    }

    private ClientCallStreamObserver<AgentMessage> stream() {
        ClientCallStreamObserver<AgentMessage> opened = stream;
        if (opened == null) {
            throw new IllegalStateException("the stream is not open");
        }
        return opened;
    }

    @Override
    public boolean isReady() {
        return stream().isReady();
    }

    @Override
    public void send(AgentMessage message) {
        stream().onNext(message);
    }

    @Override
    public void receiveNext() {
        stream().request(1);
    }

    /** Ends stream and connection, with everything that is under way on it. */
    void close() {
        channel.shutdownNow();
    }

    private final class Responses implements ClientResponseObserver<AgentMessage, ControllerMessage> {
        @Override
        public void beforeStart(ClientCallStreamObserver<AgentMessage> call) {
            call.disableAutoRequestWithInitial(1);
            call.setOnReadyHandler(() -> events.accept(new SessionEvent.Ready(GrpcWire.this)));
            stream = call;
        }

        @Override
        public void onNext(ControllerMessage message) {
            events.accept(new SessionEvent.Received(GrpcWire.this, message));
        }

        @Override
        public void onError(Throwable error) {
            events.accept(new SessionEvent.Closed(GrpcWire.this, Status.fromThrowable(error)));
        }

        @Override
        public void onCompleted() {
            events.accept(new SessionEvent.Closed(
                    GrpcWire.this, Status.UNAVAILABLE.withDescription("the controller ended the stream")));
        }
    }
}
