package dev.drydock.agent.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The bytes of a journal. What was written is on disk once {@link #sync} has returned, and may be there or not before, sector
 * by sector. Not safe for use by several threads.
 */
interface JournalFile extends AutoCloseable {
    /** All of it. */
    byte[] read() throws IOException;

    long length() throws IOException;

    /** Puts the bytes at that place; beyond the end the file grows. */
    void write(long at, byte[] bytes) throws IOException;

    /** Cuts it off there. */
    void truncate(long length) throws IOException;

    void sync() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * A file of the host, made where it is missing. It does not use {@link java.nio.channels.FileChannel}, which an interrupt of
     * the calling thread would close.
     */
    static JournalFile open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new JournalFile() {
            @Override
            public byte[] read() throws IOException {
                byte[] bytes = new byte[Math.toIntExact(file.length())];
                file.seek(0);
                file.readFully(bytes);
                return bytes;
            }

            @Override
            public long length() throws IOException {
                return file.length();
            }

            @Override
            public void write(long at, byte[] bytes) throws IOException {
                file.seek(at);
                file.write(bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                file.setLength(length);
            }

            @Override
            public void sync() throws IOException {
                file.getFD().sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
