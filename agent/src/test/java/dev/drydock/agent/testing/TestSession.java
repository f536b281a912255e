package dev.drydock.agent.testing;

import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.Welcome;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream from an agent, as the test double of the controller sees it. */
public final class TestSession {
    private static final int PATIENCE_SECONDS = 20;

    private final ServerCallStreamObserver<ControllerMessage> out;
    private final BigInteger serial;
    private final BlockingQueue<AgentMessage> messages = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    TestSession(ServerCallStreamObserver<ControllerMessage> out, BigInteger serial, boolean readsAll) {
        this.out = out;
        this.serial = serial;
        if (!readsAll) {
            out.disableAutoRequest();
            out.request(1);
        }
    }

    /** Of the certificate that the agent showed. */
    public BigInteger serial() {
        return serial;
    }

    StreamObserver<AgentMessage> inbound() {
        return new StreamObserver<>() {
            @Override
            public void onNext(AgentMessage message) {
                messages.add(message);
            }

            @Override
            public void onError(Throwable error) {
                ended.countDown();
            }

            @Override
            public void onCompleted() {
                ended.countDown();
            }
        };
    }

    /** What the agent said next, heartbeats left out. */
    public AgentMessage next() throws InterruptedException {
        while (true) {
            AgentMessage message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("the agent said nothing more");
            }
            if (!message.hasHeartbeat()) {
                return message;
            }
        }
    }

    /** Whatever the agent says next. */
    public AgentMessage nextOfAny() throws InterruptedException {
        AgentMessage message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the agent said nothing more");
        }
        return message;
    }

    public Hello hello() throws InterruptedException {
        AgentMessage first = next();
        if (!first.hasHello()) {
            throw new AssertionError("the agent began with " + first.getMessageCase());
        }
        return first.getHello();
    }

    /** What came and was not looked at. */
    public List<AgentMessage> unread() {
        return List.copyOf(messages);
    }

    public void send(ControllerMessage.Builder message) {
        out.onNext(message.build());
    }

    public void welcome(Ack... durable) {
        send(ControllerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setProtocol(1).addAllDurable(List.of(durable))));
    }

    public void ack(String runId, long sequence, long output) {
        send(ControllerMessage.newBuilder()
                .setAck(Ack.newBuilder().setRunId(runId).setSequence(sequence).setOutputSize(output)));
    }

    /** Lets so many more messages in, where the controller is slow. */
    public void request(int messages) {
        out.request(messages);
    }

    public void fail(Status status) {
        out.onError(status.asRuntimeException());
    }

    public void awaitEnd() throws InterruptedException {
        if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the agent did not end the stream");
        }
    }
}
