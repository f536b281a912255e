package dev.drydock.controller.agents;

import dev.drydock.proto.agent.v1.Chunk;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transfer to a host: driven by the call's readiness, one thread at a time, so only as fast as the host reads. */
final class ContentSending {
    private static final Logger log = LoggerFactory.getLogger(ContentSending.class);
    private static final int CHUNK = 64 * 1024;

    private final Fleet fleet;
    private final String hostId;
    private final ServerCallStreamObserver<Chunk> out;
    private final SentContent content;
    private long offset;
    private boolean started;
    private boolean done;

    ContentSending(Fleet fleet, String hostId, ServerCallStreamObserver<Chunk> out, SentContent content, long offset) {
        this.fleet = fleet;
        this.hostId = hostId;
        this.out = out;
        this.content = content;
        this.offset = offset;
    }

    void begin() {
        out.setOnReadyHandler(this::send);
        out.setOnCancelHandler(this::end);
        send();
    }

    private void send() {
        while (!done && out.isReady()) {
            if (fleet.isRevoked(hostId)) {
                end();
                out.onError(AgentSession.revoked(hostId).status().asRuntimeException());
            } else if (offset < content.size() || !started) {
                sendNext();
            } else {
                end();
                out.onCompleted();
            }
        }
    }

    private void sendNext() {
        int size = (int) Math.min(CHUNK, content.size() - offset);
        Chunk chunk;
        try {
            chunk = Chunk.newBuilder()
                    .setOffset(offset)
                    .setData(content.read(offset, size))
                    .setTotalSize(content.size())
                    .build();
        } catch (IOException e) {
            log.error("what host {} fetches cannot be read", hostId, e);
            end();
            out.onError(Status.UNAVAILABLE
                    .withDescription("The controller cannot read it; its log says why.")
                    .asRuntimeException());
            return;
        }
        out.onNext(chunk);
        offset += size;
        started = true;
    }

    private void end() {
        if (!done) {
            done = true;
            try {
                content.close();
            } catch (IOException e) {
                log.warn("a kept file could not be closed", e);
            }
        }
    }
}
