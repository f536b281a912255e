package dev.drydock.cli.client;

import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc.ArtifactServiceStub;
import dev.drydock.proto.v1.PushArtifactRequest;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends one file, only as fast as the controller takes it, and stops when it has its answer: it may have the file already. */
public final class ArtifactUpload {
    private static final int PIECE = 256 * 1024;
    /** A slow disk takes its time for the last of a large file. */
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private @Nullable ClientCallStreamObserver<PushArtifactRequest> call;
    private @Nullable Artifact answer;
    private @Nullable Throwable failure;
    private boolean ended;

    private ArtifactUpload() {}

    /** @throws io.grpc.StatusRuntimeException when the controller refuses it or cannot be reached */
    public static Artifact send(ArtifactServiceStub stub, ArtifactHead head, InputStream content)
            throws IOException, InterruptedException {
        ArtifactUpload upload = new ArtifactUpload();
        stub.pushArtifact(upload.new Answers());
        return upload.send(head, content);
    }

    private Artifact send(ArtifactHead head, InputStream content) throws IOException, InterruptedException {
        ClientCallStreamObserver<PushArtifactRequest> out = opened();
        try {
            out.onNext(PushArtifactRequest.newBuilder().setHead(head).build());
            byte[] piece = new byte[PIECE];
            for (int n = content.readNBytes(piece, 0, PIECE);
                    n > 0 && awaitReady(out);
                    n = content.readNBytes(piece, 0, PIECE)) {
                out.onNext(PushArtifactRequest.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(Arrays.copyOf(piece, n)))
                        .build());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            out.cancel("the file could not be sent", e);
            throw e;
        }
        return answer(out);
    }

    private synchronized ClientCallStreamObserver<PushArtifactRequest> opened() {
        if (call == null) {
            throw new IllegalStateException("the call has not begun");
        }
        return call;
    }

    /** @return false when the answer is there, so that nothing more need be sent */
    private synchronized boolean awaitReady(ClientCallStreamObserver<PushArtifactRequest> out)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!ended && !out.isReady()) {
            waitUntil(end);
        }
        return !ended;
    }

    private synchronized Artifact answer(ClientCallStreamObserver<PushArtifactRequest> out)
            throws InterruptedException {
        if (!ended) {
            out.onCompleted();
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!ended) {
            waitUntil(end);
        }
        if (failure != null) {
            throw Status.fromThrowable(failure).asRuntimeException();
        }
        if (answer == null) {
            throw Status.INTERNAL
                    .withDescription("The controller ended the call without an answer.")
                    .asRuntimeException();
        }
        return answer;
    }

    private void waitUntil(long end) throws InterruptedException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw Status.DEADLINE_EXCEEDED.asRuntimeException();
        }
        wait(Math.max(1, left / 1_000_000));
    }

    private final class Answers implements ClientResponseObserver<PushArtifactRequest, Artifact> {
        @Override
        public void beforeStart(ClientCallStreamObserver<PushArtifactRequest> begun) {
            synchronized (ArtifactUpload.this) {
                call = begun;
            }
            begun.setOnReadyHandler(this::wake);
        }

        private void wake() {
            synchronized (ArtifactUpload.this) {
                ArtifactUpload.this.notifyAll();
            }
        }

        @Override
        public void onNext(Artifact artifact) {
            synchronized (ArtifactUpload.this) {
                answer = artifact;
            }
        }

        @Override
        public void onError(Throwable thrown) {
            synchronized (ArtifactUpload.this) {
                failure = thrown;
                ended = true;
                ArtifactUpload.this.notifyAll();
            }
        }

        @Override
        public void onCompleted() {
            synchronized (ArtifactUpload.this) {
                ended = true;
                ArtifactUpload.this.notifyAll();
            }
        }
    }
}
