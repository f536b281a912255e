package dev.drydock.agent.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Passes a program's two streams on and keeps a bounded part of them. Safe for use by the two reading threads. */
final class OutputCapture {
    static final int MOST_STDOUT = 8 << 20;
    static final int TAIL = 4 << 10;

    private final Output output;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final byte[] ring = new byte[TAIL];
    private long total;

    OutputCapture(Output output) {
        this.output = output;
    }

    /** Reads to the end. Ends quietly when the stream is closed under it. */
    void drain(InputStream in, boolean isStdout) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                take(buffer, n, isStdout);
            }
        } catch (IOException closed) {
            take(new byte[0], 0, isStdout);
        }
    }

    synchronized void take(byte[] bytes, int length, boolean isStdout) {
        output.write(bytes, 0, length);
        if (isStdout) {
            stdout.write(bytes, 0, Math.min(length, MOST_STDOUT - stdout.size()));
        }
        for (int i = Math.max(0, length - TAIL); i < length; i++) {
            ring[(int) ((total + i) % TAIL)] = bytes[i];
        }
        total += length;
    }

    synchronized String stdout() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    synchronized String tail() {
        int length = (int) Math.min(total, TAIL);
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = ring[(int) ((total - length + i) % TAIL)];
        }
        return new String(out, StandardCharsets.UTF_8);
    }
}
