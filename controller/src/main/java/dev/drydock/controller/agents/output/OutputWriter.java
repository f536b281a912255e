package dev.drydock.controller.agents.output;

import com.google.protobuf.ByteString;
import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes output. It takes what is queued, writes it, and forces each file to disk once, then the
 * directory; only then are the pieces durable. When one file fails, the pieces of that file fail and the others go on.
 * Full queue: callers wait.
 */
final class OutputWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputWriter.class);
    private static final int ROUND = 256;
    private static final int QUEUED_PIECES = 4_096;

    private final Path directory;
    private final Function<String, Path> files;
    private final long limit;
    private final Consumer<String> grown;
    private final BlockingQueue<OutputPiece> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(QUEUED_PIECES);
    private final OutputPiece last = new OutputPiece("", 0, ByteString.EMPTY, new CompletableFuture<>());
    private final Thread thread;
    private boolean closed;

    /** @param grown told of each run whose file grew, by the writing thread */
    OutputWriter(Path directory, Function<String, Path> files, long limit, Consumer<String> grown) {
        this.directory = directory;
        this.files = files;
        this.limit = limit;
        this.grown = grown;
        this.thread = Thread.ofPlatform().name("run-output").start(this::run);
    }

    void submit(OutputPiece piece) {
        room.acquireUninterruptibly();
        synchronized (queue) {
            if (!closed) {
                queue.add(piece);
                return;
            }
        }
        room.release();
        piece.durable()
                .completeExceptionally(new IOException("The controller is stopping; this output is not stored."));
    }

    private void run() {
        List<OutputPiece> round = new ArrayList<>(ROUND);
        boolean ending = false;
        while (!ending) {
            round.clear();
            round.add(take());
            queue.drainTo(round, ROUND - 1);
            ending = round.remove(last);
            room.release(round.size());
            store(round);
        }
        last.durable().complete(0L);
    }

    private OutputPiece take() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                log.debug("nobody should interrupt the writer; going on", e);
            }
        }
    }

    private void store(List<OutputPiece> round) {
        Map<String, List<OutputPiece>> byRun = new LinkedHashMap<>();
        round.forEach(piece ->
                byRun.computeIfAbsent(piece.runId(), run -> new ArrayList<>()).add(piece));
        List<OutputPiece> written = new ArrayList<>(round.size());
        byRun.forEach((runId, pieces) -> {
            try (OutputFile file = new OutputFile(files.apply(runId), limit)) {
                for (OutputPiece piece : pieces) {
                    file.write(piece.offset(), piece.data());
                }
                file.force();
                written.addAll(pieces);
            } catch (IOException e) {
                fail(pieces, e);
            }
        });
        try {
            PrivateFiles.force(directory);
        } catch (IOException e) {
            fail(written, e);
            return;
        }
        for (OutputPiece piece : written) {
            piece.durable().complete(piece.end());
        }
        byRun.keySet().forEach(grown);
    }

    private void fail(List<OutputPiece> pieces, IOException e) {
        IOException failure = new IOException(
                "The output of runs cannot be written below " + directory + " (" + e.getMessage()
                        + "). Check that its file system has space and that this user may write there; the controller then goes"
                        + " on by itself. Nothing of this piece counts as stored.",
                e);
        log.error("{}", failure.getMessage());
        pieces.forEach(piece -> piece.durable().completeExceptionally(failure));
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        synchronized (queue) {
            if (!closed) {
                closed = true;
                queue.add(last);
            }
        }
        last.durable().join();
    }
}
