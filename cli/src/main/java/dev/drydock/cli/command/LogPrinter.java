package dev.drydock.cli.command;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints what programs on hosts wrote: byte for byte into a pipe or a file; on a terminal without the control characters that
 * could steer it. One thread.
 */
final class LogPrinter {
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;
    /** In UTF-8 the control characters from U+0080 to U+009F are this byte and one from 0x80 to 0x9F. */
    private static final int BEFORE_C1 = 0xC2;

    private final OutputStream out;
    private final boolean terminal;
    private boolean held;

    LogPrinter(OutputStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** May be called with any cut of the text, also in the middle of a character. */
    void print(ByteString data) throws IOException {
        if (!terminal) {
            data.writeTo(out);
            return;
        }
        ByteArrayOutputStream safe = new ByteArrayOutputStream(data.size());
        for (ByteString.ByteIterator bytes = data.iterator(); bytes.hasNext(); ) {
            write(bytes.nextByte() & 0xFF, safe);
        }
        safe.writeTo(out);
    }

    private void write(int b, ByteArrayOutputStream safe) {
        if (held) {
            held = false;
            if (b >= 0x80 && b <= 0x9F) {
                safe.writeBytes(REPLACEMENT);
                return;
            }
            safe.write(BEFORE_C1);
        }
        if (b == BEFORE_C1) {
            held = true;
        } else if (b == DELETE || (b < FIRST_PRINTABLE && b != '\n' && b != '\t' && b != '\r')) {
            safe.writeBytes(REPLACEMENT);
        } else {
            safe.write(b);
        }
    }
}
