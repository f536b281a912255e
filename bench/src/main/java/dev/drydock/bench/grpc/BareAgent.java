package dev.drydock.bench.grpc;

import com.google.protobuf.ByteString;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.Heartbeat;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.RunOutput;
import dev.drydock.proto.agent.v1.SessionGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** One stream that says Hello and answers each offer with 1 KiB. */
final class BareAgent implements StreamObserver<ControllerMessage>, Heartbeats.Beating {
    private static final AgentMessage HELLO = AgentMessage.newBuilder()
            .setHello(Hello.newBuilder().setProtocolMin(1).setProtocolMax(1))
            .build();
    private static final AgentMessage ALIVE = AgentMessage.newBuilder()
            .setHeartbeat(Heartbeat.getDefaultInstance())
            .build();
    private static final AgentMessage REPLY = AgentMessage.newBuilder()
            .setRunOutput(RunOutput.newBuilder().setData(ByteString.copyFrom(new byte[1024])))
            .build();

    private final ManagedChannel channel;
    private final Arrivals arrivals;
    private volatile @Nullable StreamObserver<AgentMessage> toServer;

    BareAgent(ManagedChannel channel, Arrivals arrivals) {
        this.channel = channel;
        this.arrivals = arrivals;
    }

    /** Opens the stream; the answer is counted as an arrival. */
    void connect() {
        StreamObserver<AgentMessage> stream = SessionGrpc.newStub(channel).connect(this);
        toServer = stream;
        stream.onNext(HELLO);
    }

    @Override
    public void beat() {
        StreamObserver<AgentMessage> stream = toServer;
        if (stream != null) {
            stream.onNext(ALIVE);
        }
    }

    void disconnect() {
        channel.shutdownNow();
    }

    @Override
    public void onNext(ControllerMessage message) {
        if (message.hasWelcome()) {
            arrivals.arrived();
            return;
        }
        StreamObserver<AgentMessage> stream = toServer;
        if (stream != null) {
            stream.onNext(REPLY);
        }
    }

    @Override
    public void onError(Throwable cause) {
        arrivals.failed(cause);
    }

    @Override
    public void onCompleted() {}
}
