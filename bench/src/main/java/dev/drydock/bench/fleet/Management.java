package dev.drydock.bench.fleet;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import dev.drydock.bench.BenchException;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.TokenServiceGrpc;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** What an operator does before and during a rollout, through the management plane. For one thread. */
public final class Management implements AutoCloseable {
    private static final String WINDOW = "bench";
    private static final String PLAYBOOK = """
        apiVersion: drydock/v1
        kind: Playbook
        metadata: {name: bench, description: Changes nothing}
        spec:
          steps:
            - service.reload: [bench]
          verify:
            - service.active: [bench]
        """;

    private final ManagedChannel channel;
    private final Clock clock;
    private final Metadata authorization = new Metadata();

    public Management(ControllerProcess controller, Clock clock) {
        this.clock = clock;
        authorization.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + controller.adminToken());
        try {
            this.channel = NettyChannelBuilder.forTarget("dns:///" + controller.apiAddress())
                    .sslContext(GrpcSslContexts.forClient()
                            .protocols("TLSv1.3")
                            .trustManager(controller.ca())
                            .build())
                    .intercept(MetadataUtils.newAttachHeadersInterceptor(authorization))
                    .build();
        } catch (SSLException e) {
            throw new BenchException("cannot set up TLS for the management plane", e);
        }
    }

    /** A token with which all agents can enrol. */
    public String token(int agents) {
        return TokenServiceGrpc.newBlockingStub(channel)
                .createToken(CreateTokenRequest.newBuilder()
                        .setUses(agents)
                        .setTtl(Durations.fromHours(1))
                        .putLabels("role", "bench")
                        .build())
                .getSecret();
    }

    /** Pins a signer, pushes the playbook that the simulated agents pretend to run, and opens a window. */
    void prepare() {
        SigningKey key = SigningKey.generate("bench");
        PlaybookServiceGrpc.PlaybookServiceBlockingStub playbooks = PlaybookServiceGrpc.newBlockingStub(channel);
        playbooks.pinSigner(PinSignerRequest.newBuilder()
                .setName("bench")
                .setPublicKey(ByteString.copyFrom(key.signer().rawKey()))
                .build());
        playbooks.pushPlaybook(PushPlaybookRequest.newBuilder()
                .setEnvelope(ByteString.copyFrom(Envelope.sign(canonical(), key).write()))
                .setSource(PLAYBOOK)
                .build());
        LocalDateTime now =
                LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        WindowServiceGrpc.newBlockingStub(channel)
                .createWindow(CreateWindowRequest.newBuilder()
                        .setWindow(Window.newBuilder()
                                .setName(WINDOW)
                                .setStart(now.toString())
                                .setZone("UTC")
                                .setDuration(Durations.fromHours(12)))
                        .build());
    }

    private static byte[] canonical() {
        try {
            return CanonicalForm.write(PlaybookParser.parse("bench.yaml", PLAYBOOK.getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException("the benchmark's own playbook is invalid", e);
        }
    }

    /** Offers a run to every host at once. Returns when the rollout is durable. */
    void rollOut(String name) {
        RolloutServiceGrpc.newBlockingStub(channel)
                .createRollout(CreateRolloutRequest.newBuilder()
                        .setSpec(RolloutSpec.newBuilder()
                                .setName(name)
                                .setPlaybook("bench")
                                .setSelector("true")
                                .setWindow(WINDOW)
                                .addWaves("100%"))
                        .build());
    }

    /** @throws BenchException when the rollout does not say within that time that all hosts succeeded */
    void awaitCompleted(String name, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        RolloutState state = RolloutState.ROLLOUT_STATE_UNSPECIFIED;
        while (System.nanoTime() < deadline) {
            state = RolloutServiceGrpc.newBlockingStub(channel)
                    .getRollout(GetRolloutRequest.newBuilder().setName(name).build())
                    .getState();
            if (state == RolloutState.COMPLETED) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new BenchException("rollout " + name + " is " + state + " and not completed after " + timeout);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
