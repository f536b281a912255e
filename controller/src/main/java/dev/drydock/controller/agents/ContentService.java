package dev.drydock.controller.agents;

import dev.drydock.controller.agents.transport.PeerIdentity;
import dev.drydock.controller.artifact.ArtifactContent;
import dev.drydock.controller.playbook.PlaybookContent;
import dev.drydock.controller.run.Run;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.ContentGrpc;
import dev.drydock.proto.agent.v1.FetchRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a host the signed playbooks of its own open runs, and the artifacts that they name, from where it stopped. */
final class ContentService extends ContentGrpc.ContentImplBase {
    private static final Logger log = LoggerFactory.getLogger(ContentService.class);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final PlaneParts parts;
    private final PlaybookContent playbooks;
    private final ArtifactContent artifacts;
    private final Fleet fleet;

    ContentService(PlaneParts parts, PlaybookContent playbooks, ArtifactContent artifacts, Fleet fleet) {
        this.parts = parts;
        this.playbooks = playbooks;
        this.artifacts = artifacts;
        this.fleet = fleet;
    }

    @Override
    public void fetch(FetchRequest request, StreamObserver<Chunk> response) {
        String hostId = PeerIdentity.current().hostId();
        String digest = request.getDigest();
        if (fleet.isRevoked(hostId)) {
            response.onError(AgentSession.revoked(hostId).status().asRuntimeException());
            return;
        }
        if (!DIGEST.matcher(digest).matches()) {
            response.onError(Status.INVALID_ARGUMENT
                    .withDescription("A digest has 64 lower-case hexadecimal digits (SHA-256).")
                    .asRuntimeException());
            return;
        }
        Optional<SentContent> found;
        try {
            found = find(hostId, digest);
        } catch (IOException e) {
            log.error("content {} cannot be read", digest, e);
            response.onError(Status.UNAVAILABLE
                    .withDescription("The controller cannot read it; its log says why.")
                    .asRuntimeException());
            return;
        }
        if (found.isEmpty()) {
            // The same answer whether it is not there or not this host's.
            response.onError(Status.NOT_FOUND
                    .withDescription("No open run or plan of this host has content " + digest + ".")
                    .asRuntimeException());
            return;
        }
        send(hostId, request.getOffset(), found.get(), (ServerCallStreamObserver<Chunk>) response);
    }

    private void send(String hostId, long offset, SentContent content, ServerCallStreamObserver<Chunk> response) {
        if (offset < 0 || offset > content.size()) {
            response.onError(Status.INVALID_ARGUMENT
                    .withDescription("Offset " + offset + " is not within 0 to " + content.size() + ".")
                    .asRuntimeException());
            try {
                content.close();
            } catch (IOException e) {
                log.warn("a kept file could not be closed", e);
            }
            return;
        }
        new ContentSending(fleet, hostId, response, content, offset).begin();
    }

    private Optional<SentContent> find(String hostId, String digest) throws IOException {
        List<String> ofHost = Stream.concat(
                        parts.runs().openOf(hostId).stream().map(Run::playbookDigest),
                        parts.plans().wantedOf(hostId).stream())
                .toList();
        if (ofHost.contains(digest)) {
            Optional<byte[]> envelope = playbooks.envelope(digest);
            if (envelope.isPresent()) {
                return envelope.map(SentContent::of);
            }
        }
        if (ofHost.stream().noneMatch(playbook -> names(playbook, digest))) {
            return Optional.empty();
        }
        Optional<FileChannel> file = artifacts.open(digest);
        return file.isEmpty() ? Optional.empty() : Optional.of(SentContent.of(file.get()));
    }

    /** Whether the digest stands anywhere in what was signed: 64 digits are there on purpose or not at all. */
    private boolean names(String playbook, String digest) {
        return playbooks
                .envelope(playbook)
                .map(ContentService::payload)
                .orElse("")
                .contains("sha256:" + digest);
    }

    private static String payload(byte[] envelope) {
        try {
            return new String(Envelope.read(envelope).unverifiedPayload(), StandardCharsets.UTF_8);
        } catch (SignatureRefusedException e) {
            return "";
        }
    }
}
