package dev.drydock.agent.backup.s3;

import dev.drydock.agent.backup.Sums;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Brings a file into the bucket: at once where it fits into one part, else part by part, each tried again when the connection breaks. */
final class S3Upload {
    /** As many as S3 takes. */
    private static final int MOST_PARTS = 10_000;

    private static final int TRIES = 3;
    private static final long MIB = 1 << 20;

    private final HostFiles files;
    private final S3Client client;
    private final S3Multipart multipart;
    private final long wanted;

    /** @param part bytes of a part; more for a file that would have too many of them */
    S3Upload(HostFiles files, S3Client client, S3Multipart multipart, long part) {
        this.files = files;
        this.client = client;
        this.multipart = multipart;
        this.wanted = part;
    }

    static long partSize(long size, long wanted) {
        long least = Math.ceilDiv(Math.ceilDiv(size, MOST_PARTS), MIB) * MIB;
        return Math.max(least, wanted);
    }

    /**
     * When it returns the object is there, whole.
     *
     * @param sha256 of the file
     * @throws HostException also when the file is not what it was when the sum was made
     */
    void put(String key, Path file, String sha256, Job job) throws HostException, IOException, InterruptedException {
        long size = Files.size(file);
        if (size <= wanted) {
            client.put(key, file, sha256, job);
            return;
        }
        // The server checks each part by a sum that is made of it now, and the whole by none.
        if (!Sums.of(files, file, job).equals(sha256)) {
            throw new HostException(file.getFileName() + " was damaged on this disk before it was uploaded");
        }
        S3Multipart.Pending upload = multipart.begin(key, job);
        try {
            multipart.complete(upload, parts(upload, file, size, job), job);
        } catch (HostException | IOException | InterruptedException | RuntimeException e) {
            abort(upload, e);
            throw e;
        }
    }

    private List<S3Multipart.Part> parts(S3Multipart.Pending upload, Path file, long size, Job job)
            throws HostException, IOException, InterruptedException {
        long part = partSize(size, wanted);
        List<S3Multipart.Part> parts = new ArrayList<>();
        for (long from = 0; from < size; from += part) {
            parts.add(part(upload, parts.size() + 1, file, from, Math.min(part, size - from), job));
        }
        return parts;
    }

    private S3Multipart.Part part(S3Multipart.Pending upload, int number, Path file, long from, long size, Job job)
            throws HostException, IOException, InterruptedException {
        String sha256 = Sums.of(files, file, from, size, job);
        for (int tries = 1; ; tries++) {
            try {
                return multipart.put(upload, number, file, from, size, sha256, job);
            } catch (HostException e) {
                if (!e.retryable() || tries == TRIES) {
                    throw e;
                }
                job.output().line("Part " + number + " once more: " + e.getMessage());
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
                job.output().line("Part " + number + " once more: " + e);
            }
        }
    }

    /** What is not aborted here is on the way back, which looks for it. */
    private void abort(S3Multipart.Pending upload, Exception cause) {
        try {
            multipart.abort(upload);
        } catch (HostException | IOException e) {
            cause.addSuppressed(e);
        }
    }
}
