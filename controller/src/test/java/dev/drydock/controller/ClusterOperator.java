package dev.drydock.controller;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.v1.ControllerServiceGrpc;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.ListControllersRequest;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.TokenServiceGrpc;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Who works with several controllers, through whichever of them the balancer takes. */
final class ClusterOperator implements AutoCloseable {
    private static final String PLAYBOOK = """
            apiVersion: drydock/v1
            kind: Playbook
            metadata: {name: nothing, description: Changes nothing}
            spec:
              steps:
                - service.reload: [nothing]
              verify:
                - service.active: [nothing]
            """;

    private final ManagedChannel channel;

    ClusterOperator(Path ca, int port, String token) throws Exception {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        this.channel = NettyChannelBuilder.forAddress("localhost", port)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(ca.toFile())
                        .protocols("TLSv1.3")
                        .build())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
    }

    private static <S extends AbstractStub<S>> S soon(S stub) {
        return stub.withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    String token(int uses) {
        return soon(TokenServiceGrpc.newBlockingStub(channel))
                .createToken(CreateTokenRequest.newBuilder()
                        .setUses(uses)
                        .setTtl(Durations.fromHours(1))
                        .build())
                .getSecret();
    }

    /** A pinned signer, a playbook and an open window. */
    void prepare() throws Exception {
        SigningKey key = SigningKey.generate("ops");
        soon(PlaybookServiceGrpc.newBlockingStub(channel))
                .pinSigner(PinSignerRequest.newBuilder()
                        .setName("ops")
                        .setPublicKey(ByteString.copyFrom(key.signer().rawKey()))
                        .build());
        byte[] canonical =
                CanonicalForm.write(PlaybookParser.parse("nothing.yaml", PLAYBOOK.getBytes(StandardCharsets.UTF_8)));
        soon(PlaybookServiceGrpc.newBlockingStub(channel))
                .pushPlaybook(PushPlaybookRequest.newBuilder()
                        .setEnvelope(ByteString.copyFrom(
                                Envelope.sign(canonical, key).write()))
                        .setSource(PLAYBOOK)
                        .build());
        soon(WindowServiceGrpc.newBlockingStub(channel))
                .createWindow(CreateWindowRequest.newBuilder()
                        .setWindow(Window.newBuilder()
                                .setName("now")
                                .setStart(LocalDateTime.now(ZoneOffset.UTC)
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                                .setZone("UTC")
                                .setDuration(Durations.fromHours(12)))
                        .build());
    }

    void rollOut(String name, String... waves) {
        RolloutSpec.Builder spec = RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook("nothing")
                .setSelector("true")
                .setWindow("now")
                .setSoak(Durations.fromSeconds(1));
        for (String wave : waves) {
            spec.addWaves(wave);
        }
        var unused = soon(RolloutServiceGrpc.newBlockingStub(channel))
                .createRollout(CreateRolloutRequest.newBuilder().setSpec(spec).build());
    }

    List<dev.drydock.proto.v1.Controller> controllers() {
        return soon(ControllerServiceGrpc.newBlockingStub(channel))
                .listControllers(ListControllersRequest.getDefaultInstance())
                .getControllersList();
    }

    /** Empty while nobody answers. */
    Optional<Rollout> rollout(String name) {
        try {
            channel.resetConnectBackoff();
            return Optional.of(RolloutServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .getRollout(GetRolloutRequest.newBuilder().setName(name).build()));
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
