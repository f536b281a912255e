package dev.drydock.cli.command;

import com.google.protobuf.Timestamp;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.playbooks.sign.VerifiedPlaybook;
import dev.drydock.proto.v1.GetPlaybookRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.ListSignersResponse;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.Signer;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A controller's playbooks and signers in memory: signatures are really verified. */
final class Playbooks extends PlaybookServiceGrpc.PlaybookServiceImplBase {
    private static final Timestamp PUSHED =
            Timestamp.newBuilder().setSeconds(1_795_514_400).build();

    private final List<PublicSigner> pinned = new ArrayList<>();
    private final List<Playbook> playbooks = new ArrayList<>();

    @Override
    public void pinSigner(PinSignerRequest request, StreamObserver<Signer> answer) {
        PublicSigner signer =
                PublicSigner.of(request.getName(), request.getPublicKey().toByteArray());
        pinned.add(signer);
        answer(answer, signer(signer));
    }

    @Override
    public void listSigners(ListSignersRequest request, StreamObserver<ListSignersResponse> answer) {
        answer(
                answer,
                ListSignersResponse.newBuilder()
                        .addAllSigners(pinned.stream().map(Playbooks::signer).toList())
                        .build());
    }

    private static Signer signer(PublicSigner signer) {
        return Signer.newBuilder()
                .setName(signer.name())
                .setKeyId(signer.keyId())
                .setPinnedAt(PUSHED)
                .build();
    }

    @Override
    public void pushPlaybook(PushPlaybookRequest request, StreamObserver<Playbook> answer) {
        VerifiedPlaybook verified;
        try {
            verified = Envelope.read(request.getEnvelope().toByteArray()).verify(pinned);
        } catch (SignatureRefusedException e) {
            answer.onError(
                    Status.FAILED_PRECONDITION.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        Playbook pushed = Playbook.newBuilder()
                .setName(verified.playbook().name())
                .setVersion(playbooks.size() + 1)
                .setDigest(verified.digest())
                .setDescription(verified.playbook().description())
                .setMaintenance("preventive")
                .setSigner(verified.signer().name())
                .setKeyId(verified.signer().keyId())
                .setPushedAt(PUSHED)
                .setCanonical(new String(CanonicalForm.write(verified.playbook()), StandardCharsets.UTF_8))
                .setSource(request.getSource())
                .build();
        playbooks.add(pushed);
        answer(answer, pushed);
    }

    @Override
    public void listPlaybooks(ListPlaybooksRequest request, StreamObserver<ListPlaybooksResponse> answer) {
        answer(
                answer,
                ListPlaybooksResponse.newBuilder().addAllPlaybooks(playbooks).build());
    }

    @Override
    public void getPlaybook(GetPlaybookRequest request, StreamObserver<Playbook> answer) {
        playbooks.reversed().stream()
                .filter(playbook -> request.getReference().equals(playbook.getName())
                        || request.getReference().equals(PlaybookSource.reference(playbook)))
                .findFirst()
                .ifPresentOrElse(
                        playbook -> answer(answer, playbook),
                        () -> answer.onError(Status.NOT_FOUND
                                .withDescription("There is no playbook '" + request.getReference() + "'.")
                                .asRuntimeException()));
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
