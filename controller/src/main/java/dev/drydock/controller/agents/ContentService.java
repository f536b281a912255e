package dev.drydock.controller.agents;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.controller.agents.transport.PeerIdentity;
import dev.drydock.controller.playbook.PlaybookContent;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.ContentGrpc;
import dev.drydock.proto.agent.v1.FetchRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gives a host the signed playbooks of its own open runs, from where it stopped. Sends only as fast as the host reads. */
final class ContentService extends ContentGrpc.ContentImplBase {
    private static final int CHUNK = 64 * 1024;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final PlaneParts parts;
    private final PlaybookContent content;
    private final Fleet fleet;

    ContentService(PlaneParts parts, PlaybookContent content, Fleet fleet) {
        this.parts = parts;
        this.content = content;
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
        Optional<byte[]> envelope = isFor(hostId, digest) ? content.envelope(digest) : Optional.empty();
        if (envelope.isEmpty()) {
            // The same answer whether it is not there or not this host's.
            response.onError(Status.NOT_FOUND
                    .withDescription("No open run of this host has content " + digest + ".")
                    .asRuntimeException());
            return;
        }
        byte[] bytes = envelope.get();
        if (request.getOffset() < 0 || request.getOffset() > bytes.length) {
            response.onError(Status.INVALID_ARGUMENT
                    .withDescription("Offset " + request.getOffset() + " is not within 0 to " + bytes.length + ".")
                    .asRuntimeException());
            return;
        }
        new Sending(hostId, (ServerCallStreamObserver<Chunk>) response, bytes, (int) request.getOffset()).begin();
    }

    private boolean isFor(String hostId, String digest) {
        return parts.runs().openOf(hostId).stream()
                .anyMatch(run -> run.playbookDigest().equals(digest));
    }

    /** Driven by the call's readiness, one thread at a time. */
    private final class Sending {
        private final String hostId;
        private final ServerCallStreamObserver<Chunk> out;
        private final byte[] bytes;
        private int offset;
        private boolean started;
        private boolean done;

        private Sending(String hostId, ServerCallStreamObserver<Chunk> out, byte[] bytes, int offset) {
            this.hostId = hostId;
            this.out = out;
            this.bytes = bytes;
            this.offset = offset;
        }

        private void begin() {
            out.setOnReadyHandler(this::send);
            send();
        }

        private void send() {
            while (!done && out.isReady()) {
                if (fleet.isRevoked(hostId)) {
                    done = true;
                    out.onError(AgentSession.revoked(hostId).status().asRuntimeException());
                } else if (offset < bytes.length || !started) {
                    int size = Math.min(CHUNK, bytes.length - offset);
                    out.onNext(Chunk.newBuilder()
                            .setOffset(offset)
                            .setData(data(size))
                            .setTotalSize(bytes.length)
                            .build());
                    offset += size;
                    started = true;
                } else {
                    done = true;
                    out.onCompleted();
                }
            }
        }

        /** Nobody changes the array: it is this call's own. */
        private ByteString data(int size) {
            return UnsafeByteOperations.unsafeWrap(bytes, offset, size);
        }
    }
}
