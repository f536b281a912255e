package dev.drydock.agent.host.logs;

import dev.drydock.agent.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Takes the lines of a log one by one. */
public interface LogLines {
    /** What a line has beyond that is left out. Bytes. */
    int MOST_LINE = 4096;

    void take(String line) throws HostException;

    /**
     * Reads to the end. A last line without its end counts: who writes it may have died.
     *
     * @param most bytes that are read; what is beyond is left
     * @return how many bytes were read
     */
    static long read(InputStream in, long most, LogLines lines) throws HostException, IOException {
        byte[] line = new byte[MOST_LINE];
        int length = 0;
        long read = 0;
        byte[] buffer = new byte[1 << 16];
        boolean open = false;
        for (int n = in.read(buffer); n >= 0 && read < most; n = in.read(buffer)) {
            read += n;
            for (int i = 0; i < n; i++) {
                open = buffer[i] != '\n';
                if (!open) {
                    lines.take(new String(line, 0, length, StandardCharsets.UTF_8));
                    length = 0;
                } else if (length < MOST_LINE) {
                    line[length++] = buffer[i];
                }
            }
        }
        if (open) {
            lines.take(new String(line, 0, length, StandardCharsets.UTF_8));
        }
        return read;
    }
}
