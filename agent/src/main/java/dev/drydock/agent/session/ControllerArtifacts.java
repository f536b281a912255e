package dev.drydock.agent.session;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.ContentGrpc;
import dev.drydock.proto.agent.v1.FetchRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts from the controller, over the connection that the session has at the time, from where a transfer was cut off. What has come
 * lies beside the file as {@code .part}, so that a restarted agent goes on as well. Thread-safe.
 */
public final class ControllerArtifacts implements Artifacts {
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final long MIB = 1 << 20;
    private static final long LEAVE_FREE = 64 * MIB;

    private final Duration patience;
    private final Duration between;
    private @Nullable Channel channel;

    public ControllerArtifacts() {
        this(Duration.ofMinutes(10), Duration.ofSeconds(2));
    }

    /**
     * @param patience for how long nothing may come
     * @param between attempts
     */
    ControllerArtifacts(Duration patience, Duration between) {
        this.patience = patience;
        this.between = between;
    }

    /** Told by the session. */
    synchronized void connected(Channel open) {
        channel = open;
        notifyAll();
    }

    synchronized void disconnected() {
        channel = null;
    }

    @Override
    public void fetch(String digest, Path file, Job job) throws HostException, IOException, InterruptedException {
        Matcher m = DIGEST.matcher(digest);
        if (!m.matches()) {
            throw new HostException("'" + digest + "' is no digest: expected sha256: and 64 hexadecimal digits");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        job.output().line("Fetching artifact " + digest + " from the controller");
        long had = size(part);
        Job waiting = job.within(patience);
        String why = "the controller is not connected";
        Channel failed = null;
        while (true) {
            if (size(part) > had) {
                waiting = job.within(patience);
            }
            had = size(part);
            if (!waiting.timeLeft().get().isPositive()) {
                throw new HostException("artifact " + digest + " could not be fetched in time: " + why + "; "
                        + had / MIB + " MiB have come");
            }
            Channel now = await(failed, waiting);
            if (now == null) {
                continue;
            }
            try {
                transfer(m.group(1), now, part, job);
                prove(m.group(1), digest, part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (StatusRuntimeException e) {
                refuse(digest, part, e);
                why = String.valueOf(e.getMessage());
                job.output().line("Cut off after " + size(part) / MIB + " MiB: " + why);
                failed = now;
            }
        }
    }

    /**
     * At once where there is another than the one that failed: the session has connected anew. Else after a pause.
     *
     * @return null where there is none
     */
    private synchronized @Nullable Channel await(@Nullable Channel failed, Job job) throws InterruptedException {
        if (channel == null || channel == failed) {
            wait(Math.max(1, Math.min(between.toMillis(), job.timeLeft().get().toMillis())));
        }
        return channel;
    }

    private static void transfer(String digest, Channel channel, Path part, Job job) throws HostException, IOException {
        long have = size(part);
        Iterator<Chunk> chunks = ContentGrpc.newBlockingStub(channel)
                .withDeadlineAfter(job.timeLeft().get().toMillis(), TimeUnit.MILLISECONDS)
                .fetch(FetchRequest.newBuilder()
                        .setDigest(digest)
                        .setOffset(have)
                        .build());
        long total = -1;
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (chunks.hasNext()) {
                Chunk chunk = chunks.next();
                if (total < 0) {
                    total = chunk.getTotalSize();
                    requireRoom(part, total, have);
                }
                if (chunk.getOffset() != have || have + chunk.getData().size() > total) {
                    throw new HostException("a piece of artifact " + digest + " is from " + chunk.getOffset()
                            + " and has " + chunk.getData().size() + " bytes, expected from " + have + ", at most "
                            + total + " in all");
                }
                chunk.getData().writeTo(out);
                have += chunk.getData().size();
            }
        }
        if (have < total) {
            throw Status.UNAVAILABLE
                    .withDescription("only " + have + " of " + total + " bytes came")
                    .asRuntimeException();
        }
    }

    /** What it unpacks to is about as large again: archives in an archive do not shrink. */
    private static void requireRoom(Path part, long total, long have) throws HostException, IOException {
        long needed = 2 * total - have + LEAVE_FREE;
        long free = Files.getFileStore(
                        Objects.requireNonNull(part.toAbsolutePath().getParent()))
                .getUsableSpace();
        if (free < needed) {
            throw new HostException("the file system of " + part + " has " + free / MIB + " MiB free, but "
                    + needed / MIB + " MiB are needed for the artifact");
        }
    }

    private static void prove(String expected, String digest, Path part) throws HostException, IOException {
        FileKeeper.force(part);
        String found = FileKeeper.sha256(part);
        if (!found.equals(expected)) {
            Files.delete(part);
            throw new HostException("what the controller sent as artifact " + digest + " has SHA-256 " + found);
        }
    }

    /** Returns where to try again is of use. */
    private static void refuse(String digest, Path part, StatusRuntimeException e) throws HostException, IOException {
        switch (e.getStatus().getCode()) {
            case NOT_FOUND ->
                throw new HostException(
                        "the controller has no artifact " + digest + "; push it (drydock artifact push FILE)", e);
            case PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED ->
                throw new HostException("the controller gives no artifact " + digest + ": " + e.getMessage(), e);
            // More came than there is: it is not what it was.
            case INVALID_ARGUMENT, OUT_OF_RANGE -> Files.deleteIfExists(part);
            default -> {}
        }
    }

    private static long size(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
