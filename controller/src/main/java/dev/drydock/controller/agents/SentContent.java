package dev.drydock.controller.agents;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What is sent to a host: it does not change meanwhile. */
interface SentContent extends AutoCloseable {
    long size();

    /** Exactly so many bytes, which are there. */
    ByteString read(long offset, int length) throws IOException;

    @Override
    void close() throws IOException;

    /** @param bytes nobody changes them */
    static SentContent of(byte[] bytes) {
        return new SentContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public ByteString read(long offset, int length) {
                return UnsafeByteOperations.unsafeWrap(bytes, Math.toIntExact(offset), length);
            }

            @Override
            public void close() {}
        };
    }

    /** @param file closed with it */
    static SentContent of(FileChannel file) throws IOException {
        long size = file.size();
        return new SentContent() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public ByteString read(long offset, int length) throws IOException {
                ByteBuffer bytes = ByteBuffer.allocate(length);
                while (bytes.hasRemaining()) {
                    if (file.read(bytes, offset + bytes.position()) < 0) {
                        throw new EOFException("a kept file is shorter than it was");
                    }
                }
                return UnsafeByteOperations.unsafeWrap(bytes.flip());
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
