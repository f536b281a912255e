package dev.drydock.controller.api;

import com.google.protobuf.ByteString;
import dev.drydock.controller.playbook.PinnedSigner;
import dev.drydock.controller.playbook.PlaybookDocument;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.PushedPlaybook;
import dev.drydock.controller.playbook.Signers;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.proto.v1.GetPlaybookRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListPlaybooksResponse;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.ListSignersResponse;
import dev.drydock.proto.v1.PinSignerRequest;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PlaybookServiceGrpc.PlaybookServiceImplBase;
import dev.drydock.proto.v1.PushPlaybookRequest;
import dev.drydock.proto.v1.Signer;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Playbooks and who may sign them. */
public final class PlaybookService extends PlaybookServiceImplBase {
    private final PlaybookLibrary library;
    private final Signers signers;

    public PlaybookService(PlaybookLibrary library, Signers signers) {
        this.library = library;
        this.signers = signers;
    }

    @Override
    public void pushPlaybook(PushPlaybookRequest request, StreamObserver<Playbook> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            if (request.getEnvelope().isEmpty()) {
                problems.add("envelope: is empty; send the DSSE envelope that drydock playbook sign makes");
            }
            if (request.getSource().isBlank()) {
                problems.add("source: is empty; send the YAML that the envelope was made from");
            }
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            return message(library.push(request.getEnvelope().toByteArray(), request.getSource()))
                    .build();
        });
    }

    @Override
    public void listPlaybooks(ListPlaybooksRequest request, StreamObserver<ListPlaybooksResponse> call) {
        Calls.answer(call, () -> {
            List<PushedPlaybook> found =
                    request.getName().isEmpty() ? library.newest() : library.versions(request.getName());
            Predicate<Playbook> wanted = MessageFilter.of(request.getFilter(), "playbook", Playbook.getDescriptor());
            Pages.Page<Playbook> page = Pages.of(
                            request.getPageSize(),
                            Pages.LARGEST,
                            request.getPageToken(),
                            "playbooks",
                            request.getName(),
                            request.getFilter())
                    .of(
                            found.stream()
                                    .map(playbook -> message(playbook).build())
                                    .filter(wanted)
                                    .toList(),
                            PlaybookService::key);
            return ListPlaybooksResponse.newBuilder()
                    .addAllPlaybooks(page.items())
                    .setNextPageToken(page.next())
                    .build();
        });
    }

    /** By name, of one the newest version first. */
    private static String key(Playbook playbook) {
        return String.format(Locale.ROOT, "%s %010d", playbook.getName(), Integer.MAX_VALUE - playbook.getVersion());
    }

    @Override
    public void getPlaybook(GetPlaybookRequest request, StreamObserver<Playbook> call) {
        Calls.answer(call, () -> {
            PlaybookDocument document = Refusals.checked(() -> library.get(request.getReference()));
            return message(document.playbook())
                    .setCanonicalBytes(canonical(document))
                    .setSource(document.source())
                    .setEnvelope(ByteString.copyFrom(document.envelope()))
                    .build();
        });
    }

    private static ByteString canonical(PlaybookDocument document) {
        try {
            return ByteString.copyFrom(Envelope.read(document.envelope()).unverifiedPayload());
        } catch (SignatureRefusedException e) {
            throw new IllegalStateException(
                    "the stored envelope of " + document.playbook().reference() + " is damaged", e);
        }
    }

    @Override
    public void pinSigner(PinSignerRequest request, StreamObserver<Signer> call) {
        Calls.answer(
                call,
                () -> message(Refusals.checked(() ->
                        signers.pin(request.getName(), request.getPublicKey().toByteArray()))));
    }

    @Override
    public void listSigners(ListSignersRequest request, StreamObserver<ListSignersResponse> call) {
        Calls.answer(call, () -> ListSignersResponse.newBuilder()
                .addAllSigners(
                        signers.list().stream().map(PlaybookService::message).toList())
                .build());
    }

    private static Playbook.Builder message(PushedPlaybook playbook) {
        return Playbook.newBuilder()
                .setName(playbook.name())
                .setVersion(playbook.version())
                .setDigest(playbook.digest())
                .setDescription(playbook.description())
                .setMaintenance(playbook.maintenance().name().toLowerCase(Locale.ROOT))
                .setSigner(playbook.signer())
                .setKeyId(playbook.keyId())
                .setPushedAt(Times.timestamp(playbook.pushedAt()));
    }

    private static Signer message(PinnedSigner pinned) {
        return Signer.newBuilder()
                .setName(pinned.signer().name())
                .setKeyId(pinned.signer().keyId())
                .setPublicKey(ByteString.copyFrom(pinned.signer().rawKey()))
                .setPinnedAt(Times.timestamp(pinned.pinnedAt()))
                .build();
    }
}
