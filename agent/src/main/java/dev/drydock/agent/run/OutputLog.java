package dev.drydock.agent.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of a run: one file, appended to, read by offset for sending. Nothing is held in memory. It is cut off at a
 * limit, with a note, since offsets must stay what they were; a full disk stops it, and never the run.
 */
final class OutputLog implements RunOutput, AutoCloseable {
    static final long DEFAULT_LIMIT = 64L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(OutputLog.class);

    private final Path path;
    private final long limit;
    private final Runnable onNews;
    private final RandomAccessFile file;
    private long size;
    private boolean full;
    private boolean unsynced;

    OutputLog(Path path, long limit, Runnable onNews) throws IOException {
        this.path = path;
        this.limit = limit;
        this.onNews = onNews;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.size = file.length();
        this.full = size >= limit;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        synchronized (this) {
            if (full || length == 0) {
                return;
            }
            int fits = (int) Math.min(length, limit - size);
            append(bytes, offset, fits);
            if (!full && fits < length) {
                byte[] note = ("\n[output cut off at " + limit + " bytes; the run goes on]\n")
                        .getBytes(StandardCharsets.UTF_8);
                append(note, 0, note.length);
                full = true;
            }
        }
        onNews.run();
    }

    private void append(byte[] bytes, int offset, int length) {
        try {
            file.seek(size);
            file.write(bytes, offset, length);
            size += length;
            unsynced = true;
        } catch (IOException e) {
            LOG.warn(
                    "cannot write the output of a run to {}; it is lost from byte {} on, the run goes on",
                    path,
                    size,
                    e);
            full = true;
        }
    }

    @Override
    public synchronized long size() {
        return size;
    }

    /** At most {@code max} bytes from there, all of them on disk; empty at the end. */
    synchronized byte[] read(long from, int max) throws IOException {
        sync();
        return read(file, size, from, max);
    }

    /** The same of an output that is written no more; what does not exist is empty. */
    static byte[] read(Path path, long from, int max) throws IOException {
        if (!Files.exists(path)) {
            return new byte[0];
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return read(file, file.length(), from, max);
        }
    }

    private static byte[] read(RandomAccessFile file, long size, long from, int max) throws IOException {
        int length = (int) Math.max(0, Math.min(max, size - from));
        byte[] bytes = new byte[length];
        if (length > 0) {
            file.seek(from);
            file.readFully(bytes);
        }
        return bytes;
    }

    @Override
    public synchronized void sync() {
        if (unsynced) {
            try {
                file.getFD().sync();
                unsynced = false;
            } catch (IOException e) {
                LOG.warn("cannot sync the output of a run in {}", path, e);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
