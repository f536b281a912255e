package dev.drydock.controller.agents.output;

import com.google.protobuf.ByteString;
import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of runs: one file a run, {@code <run id>.log}, with what the agent sent at the offsets that it said. Past the
 * limit the file ends with a line that says so; the host keeps the whole. Safe for use by several threads.
 */
public final class RunOutputFiles implements AutoCloseable {
    /** What is kept of one run, in bytes. */
    public static final long DEFAULT_LIMIT = 64L * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(RunOutputFiles.class);
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Path directory;
    private final long limit;
    private final OutputWriter writer;
    private final Map<String, List<Runnable>> followers = new ConcurrentHashMap<>();

    /**
     * @param directory made with mode 0700 where it is missing
     * @param limit of one run, bytes
     */
    public RunOutputFiles(Path directory, long limit) throws IOException {
        PrivateFiles.directory(directory);
        this.directory = directory;
        this.limit = limit;
        this.writer = new OutputWriter(directory, this::file, limit, this::tell);
    }

    /** Whether output of a run of this id can be kept: an id is a file's name here, and never more. */
    public static boolean isRunId(String runId) {
        return RUN_ID.matcher(runId).matches();
    }

    /**
     * Bytes of the file from that offset, at most {@code max}; empty when there are no more yet, or none at all.
     *
     * @throws IllegalArgumentException when the id is none of a run, or the offset is negative
     */
    public byte[] read(String runId, long offset, int max) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        try (FileChannel channel = FileChannel.open(file(runId), StandardOpenOption.READ)) {
            long there = Math.max(0, channel.size() - offset);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(max, there));
            long at = offset;
            while (bytes.hasRemaining()) {
                int got = channel.read(bytes, at);
                if (got < 0) {
                    break;
                }
                at += got;
            }
            byte[] read = new byte[bytes.flip().remaining()];
            bytes.get(read);
            return read;
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Bytes of the file; 0 when there is none. */
    public long size(String runId) throws IOException {
        try {
            return Files.size(file(runId));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** How much of the agent's output is here, when so much is on record: less where the file was lost. */
    public long kept(String runId, long onRecord) throws IOException {
        return onRecord > limit ? onRecord : Math.min(onRecord, size(runId));
    }

    /**
     * Calls back each time the run's file has grown and that is durable, until closed. The listener is called by the writing
     * thread: it must return at once.
     */
    public Following follow(String runId, Runnable grown) {
        List<Runnable> ofRun = followers.compute(runId, (id, others) -> {
            List<Runnable> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(grown);
            return all;
        });
        return () -> followers.computeIfPresent(runId, (id, all) -> {
            ofRun.remove(grown);
            return all.isEmpty() ? null : all;
        });
    }

    /**
     * Queues a piece; the future completes with the offset of its end once it is on disk, or with an {@link IOException} that
     * says what to do. Waits while too much is queued.
     */
    public CompletableFuture<Long> write(String runId, long offset, ByteString data) {
        file(runId);
        OutputPiece piece = new OutputPiece(runId, offset, data, new CompletableFuture<>());
        writer.submit(piece);
        return piece.durable();
    }

    /** Of a run that is over. Nothing happens where there is none. */
    public void delete(String runId) {
        try {
            Files.deleteIfExists(file(runId));
        } catch (IOException e) {
            throw new UncheckedIOException("the output of run " + runId + " cannot be deleted", e);
        }
    }

    private Path file(String runId) {
        if (!isRunId(runId)) {
            throw new IllegalArgumentException("a run's id of " + runId.length()
                    + " characters is none: expected letters, digits, dots, dashes and underscores, at most 128");
        }
        return directory.resolve(runId + ".log");
    }

    private void tell(String runId) {
        for (Runnable follower : followers.getOrDefault(runId, List.of())) {
            try {
                follower.run();
            } catch (RuntimeException e) {
                log.error("a follower of run {}'s output failed", runId, e);
            }
        }
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        writer.close();
    }

    /** Being told of growth. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
