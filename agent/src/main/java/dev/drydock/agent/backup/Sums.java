package dev.drydock.agent.backup;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Pipeline;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SHA-256 of many or large files, by the managed system's sha256sum: several times faster than Java, which runs here with its small
 * compiler alone.
 */
public final class Sums implements AutoCloseable {
    static final int HEX = 64;

    private final InputStream in;
    private byte[] next;

    private Sums(InputStream in) throws IOException {
        this.in = in;
        this.next = record(in);
    }

    /** Of a file of this machine; hex. */
    public static String of(HostFiles files, Path file, Job job) throws HostException, InterruptedException {
        return hex(Pipeline.on(files).from(file).then("sha256sum").answer(job.silent()));
    }

    /** Of bytes in the middle of a file of this machine; hex. */
    public static String of(HostFiles files, Path file, long from, long size, Job job)
            throws HostException, InterruptedException {
        return hex(Pipeline.on(files)
                .from(file)
                .then(
                        "dd",
                        "bs=1M",
                        "iflag=skip_bytes,count_bytes,fullblock",
                        "skip=" + from,
                        "count=" + size,
                        "status=none")
                .then("sha256sum")
                .answer(job.silent()));
    }

    private static String hex(String answer) {
        return answer.substring(0, Math.min(HEX, answer.length()));
    }

    /**
     * Reads all the files that are named, but those that are gone.
     *
     * @param names of regular files, relative to the directory, each ended by a zero byte
     * @param directory absolute, inside the managed system
     * @param into where the sums go, in the order of the names
     */
    static void write(HostFiles files, Path names, String directory, Path into, Job job)
            throws HostException, InterruptedException {
        Pipeline.on(files)
                .from(names)
                .then(
                        List.of("sh", "-c", "cd \"$0\" && exec xargs -0 -r sha256sum --zero -- 2>/dev/null", directory),
                        Map.of(),
                        // One of them could not be read. Whether that is right is told by what is compared.
                        Set.of(0, 123))
                .into(into)
                .run(job.silent());
    }

    static Sums read(Path sums) throws IOException {
        return new Sums(new BufferedInputStream(Files.newInputStream(sums)));
    }

    /** The sum of that file, where it comes next; else empty. To be asked in the order of the names. */
    String take(byte[] name) throws IOException {
        // "HEX  NAME"
        if (next.length == HEX + 2 + name.length && Arrays.equals(next, HEX + 2, next.length, name, 0, name.length)) {
            String sum = new String(next, 0, HEX, StandardCharsets.US_ASCII);
            next = record(in);
            return sum;
        }
        return "";
    }

    /** Up to a zero byte; empty at the end. */
    static byte[] record(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b > 0; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
