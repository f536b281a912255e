package dev.drydock.bench.grpc;

import dev.drydock.bench.BenchException;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.SessionGrpc;
import dev.drydock.proto.agent.v1.Welcome;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The least that can stand behind the agent plane: answers Hello with Welcome, sends 4 KiB to every stream when told, and
 * counts the answers. No identity is looked at, nothing is stored.
 */
final class BareSession extends SessionGrpc.SessionImplBase {
    private static final int OFFER_BYTES = 4 * 1024;
    private static final ControllerMessage WELCOME = ControllerMessage.newBuilder()
            .setWelcome(Welcome.newBuilder().setProtocol(1))
            .build();

    private final Queue<StreamObserver<ControllerMessage>> streams = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch replies = new CountDownLatch(0);

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> toAgent) {
        return new StreamObserver<>() {
            @Override
            public void onNext(AgentMessage message) {
                if (message.hasHello()) {
                    streams.add(toAgent);
                    toAgent.onNext(WELCOME);
                } else if (!message.hasHeartbeat()) {
                    replies.countDown();
                }
            }

            @Override
            public void onError(Throwable cause) {
                streams.remove(toAgent);
            }

            @Override
            public void onCompleted() {
                streams.remove(toAgent);
                toAgent.onCompleted();
            }
        };
    }

    /**
     * Sends one offer to each stream. One burst at a time, and none while agents connect: a stream takes one writer.
     *
     * @return from the first send to the last answer
     * @throws BenchException when answers are missing at the end of the timeout
     */
    Duration burst(Duration timeout) throws InterruptedException {
        ControllerMessage offer = ControllerMessage.newBuilder()
                .setOffer(Offer.newBuilder()
                        .setRunId("r-00000000000000000000000000")
                        .putParams("filler", "x".repeat(OFFER_BYTES)))
                .build();
        CountDownLatch all = new CountDownLatch(streams.size());
        replies = all;
        long start = System.nanoTime();
        streams.forEach(stream -> stream.onNext(offer));
        if (!all.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchException("%d of %d agents did not answer a burst within %d s"
                    .formatted(all.getCount(), streams.size(), timeout.toSeconds()));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
