package dev.drydock.controller.agents.output;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** One run's file, open for writing. What goes past the limit is left out, and a mark says so. */
final class OutputFile implements AutoCloseable {
    private final FileChannel channel;
    private final long limit;

    OutputFile(Path file, long limit) throws IOException {
        this.channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.limit = limit;
    }

    static byte[] mark(long limit) {
        return ("\n[drydock: cut here, at " + limit + " bytes; the whole output is on the host]\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same piece twice leaves the same file. */
    void write(long offset, ByteString data) throws IOException {
        if (offset < limit) {
            int fits = (int) Math.min(data.size(), limit - offset);
            write(data.substring(0, fits).asReadOnlyByteBuffer(), offset);
        }
        if (offset + data.size() > limit && channel.size() <= limit) {
            write(ByteBuffer.wrap(mark(limit)), limit);
        }
    }

    private void write(ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
