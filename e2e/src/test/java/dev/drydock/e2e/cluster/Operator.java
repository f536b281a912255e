package dev.drydock.e2e.cluster;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import dev.drydock.cli.audit.AuditChain;
import dev.drydock.cli.audit.AuditPoint;
import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Target;
import dev.drydock.cli.client.TlsChannels;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.v1.AuditHead;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.ExportAuditRequest;
import dev.drydock.proto.v1.ExportAuditResponse;
import dev.drydock.proto.v1.GetAuditHeadRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Window;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Who works with the controllers by the balancer, and asks again while none answers. */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofMinutes(5);
    private static final int ANSWER_SECONDS = 8;
    private static final Set<RolloutState> ENDED = Set.of(
            RolloutState.COMPLETED, RolloutState.COMPLETED_WITH_FAILURES, RolloutState.STOPPED, RolloutState.ABORTED);

    private final Api api;

    Operator(Path ca, int port, String token) {
        Target target = new Target("cluster", "127.0.0.1", port, ca, token);
        this.api = new Api(new TlsChannels().open(target), target);
    }

    /** Again until there is an answer: calls that may be repeated. */
    private <T> T call(Function<Api, T> call) {
        return await("an answer")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> answer(call), Optional::isPresent)
                .orElseThrow();
    }

    private <T> Optional<T> answer(Function<Api, T> call) {
        try {
            return Optional.of(call.apply(api));
        } catch (StatusRuntimeException e) {
            Status.Code code = e.getStatus().getCode();
            if (code != Status.Code.UNAVAILABLE && code != Status.Code.DEADLINE_EXCEEDED) {
                throw e;
            }
            api.connectAnew();
            return Optional.empty();
        }
    }

    String enrolmentToken(int uses) {
        return call(of -> of.tokens()
                        .createToken(CreateTokenRequest.newBuilder()
                                .setUses(uses)
                                .setTtl(Durations.fromHours(1))
                                .build()))
                .getSecret();
    }

    /** A pinned signer, the playbook and a window that is open. */
    void prepare() throws Exception {
        SigningKey key = SigningKey.generate("ops");
        byte[] canonical = CanonicalForm.write(
                PlaybookParser.parse("cluster.yaml", SimHost.PLAYBOOK.getBytes(StandardCharsets.UTF_8)));
        call(of -> of.playbooks()
                .pinSigner(PinSignerRequest.newBuilder()
                        .setName("ops")
                        .setPublicKey(ByteString.copyFrom(key.signer().rawKey()))
                        .build()));
        call(of -> of.playbooks()
                .pushPlaybook(PushPlaybookRequest.newBuilder()
                        .setEnvelope(ByteString.copyFrom(
                                Envelope.sign(canonical, key).write()))
                        .setSource(SimHost.PLAYBOOK)
                        .build()));
        call(of -> of.windows()
                .createWindow(CreateWindowRequest.newBuilder()
                        .setWindow(Window.newBuilder()
                                .setName("now")
                                .setStart(LocalDateTime.now(ZoneOffset.UTC)
                                        .truncatedTo(ChronoUnit.MINUTES)
                                        .toString())
                                .setZone("UTC")
                                .setDuration(Durations.fromHours(12)))
                        .build()));
    }

    /** Of all hosts, however many fail. The same again is the same rollout, so that it may be repeated. */
    void rollOut(String name, List<String> waves) {
        RolloutSpec spec = RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook("cluster")
                .setSelector("true")
                .setWindow("now")
                .addAllWaves(waves)
                .setFailureThreshold("100%")
                .setSoak(Durations.fromSeconds(1))
                .build();
        var unused = call(of -> of.rollouts()
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .createRollout(CreateRolloutRequest.newBuilder().setSpec(spec).build()));
    }

    Rollout rollout(String name) {
        return call(of -> of.rollouts()
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .getRollout(GetRolloutRequest.newBuilder().setName(name).build()));
    }

    interface Meanwhile {
        void happens() throws Exception;
    }

    /** @param meanwhile done each time before it is asked */
    Rollout ended(String name, Meanwhile meanwhile) {
        return await("the end of " + name)
                .atMost(END)
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> {
                            meanwhile.happens();
                            return rollout(name);
                        },
                        rollout -> ENDED.contains(rollout.getState()));
    }

    /** What is wrong with the audit log; empty: nothing. */
    Optional<String> auditProblem() {
        return call(of -> {
            AuditHead head = of.audit().getAuditHead(GetAuditHeadRequest.getDefaultInstance());
            AuditChain chain = new AuditChain(AuditPoint.BEGIN, new AuditPoint(head.getSeq(), head.getHash()));
            Iterator<ExportAuditResponse> pieces =
                    of.auditExport().exportAudit(ExportAuditRequest.getDefaultInstance());
            while (pieces.hasNext()) {
                for (String line : pieces.next().getLinesList()) {
                    Optional<String> problem = chain.add(latin(line));
                    if (problem.isPresent()) {
                        return problem;
                    }
                }
            }
            return chain.end();
        });
    }

    /** The chain reads bytes as characters. */
    private static String latin(String line) {
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        api.close();
    }
}
