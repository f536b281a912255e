package dev.drydock.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends one file, only as fast as the controller takes it, and stops when it has its answer: it may have the file already. */
final class Upload<Q, A> {
    private static final int PIECE = 256 * 1024;
    /** A slow disk takes its time for the last of a large file. */
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private @Nullable ClientCallStreamObserver<Q> call;
    private @Nullable A answer;
    private @Nullable Throwable failure;
    private boolean ended;

    private Upload() {}

    /**
     * @param call that sends: given the observer of its answer
     * @param piece makes a message of some bytes of the content
     * @throws io.grpc.StatusRuntimeException when the controller refuses it or cannot be reached
     */
    static <Q, A> A send(
            Consumer<ClientResponseObserver<Q, A>> call, Q head, Function<ByteString, Q> piece, InputStream content)
            throws IOException, InterruptedException {
        Upload<Q, A> upload = new Upload<>();
        call.accept(upload.new Answers());
        return upload.send(head, piece, content);
    }

    private A send(Q head, Function<ByteString, Q> message, InputStream content)
            throws IOException, InterruptedException {
        ClientCallStreamObserver<Q> out = opened();
        try {
            out.onNext(head);
            byte[] piece = new byte[PIECE];
            for (int n = content.readNBytes(piece, 0, PIECE);
                    n > 0 && awaitReady(out);
                    n = content.readNBytes(piece, 0, PIECE)) {
                out.onNext(message.apply(UnsafeByteOperations.unsafeWrap(Arrays.copyOf(piece, n))));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            out.cancel("the file could not be sent", e);
            throw e;
        }
        return answer(out);
    }

    private synchronized ClientCallStreamObserver<Q> opened() {
        if (call == null) {
            throw new IllegalStateException("the call has not begun");
        }
        return call;
    }

    /** @return false when the answer is there, so that nothing more need be sent */
    private synchronized boolean awaitReady(ClientCallStreamObserver<Q> out) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!ended && !out.isReady()) {
            waitUntil(end);
        }
        return !ended;
    }

    private synchronized A answer(ClientCallStreamObserver<Q> out) throws InterruptedException {
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

    private final class Answers implements ClientResponseObserver<Q, A> {
        @Override
        public void beforeStart(ClientCallStreamObserver<Q> begun) {
            synchronized (Upload.this) {
                call = begun;
            }
            begun.setOnReadyHandler(this::wake);
        }

        private void wake() {
            synchronized (Upload.this) {
                Upload.this.notifyAll();
            }
        }

        @Override
        public void onNext(A received) {
            synchronized (Upload.this) {
                answer = received;
            }
        }

        @Override
        public void onError(Throwable thrown) {
            synchronized (Upload.this) {
                failure = thrown;
                ended = true;
                Upload.this.notifyAll();
            }
        }

        @Override
        public void onCompleted() {
            synchronized (Upload.this) {
                ended = true;
                Upload.this.notifyAll();
            }
        }
    }
}
