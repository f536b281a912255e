package dev.drydock.controller.agents.output;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;

/**
 * A piece of a run's output on its way to disk.
 *
 * @param offset where it belongs
 * @param durable completed with the output's size up to the piece's end
 */
record OutputPiece(String runId, long offset, ByteString data, CompletableFuture<Long> durable) {
    long end() {
        return offset + data.size();
    }
}
