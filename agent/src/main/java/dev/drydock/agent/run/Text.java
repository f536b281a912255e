package dev.drydock.agent.run;

import java.nio.charset.StandardCharsets;

/** Bounds on text that goes into events. */
final class Text {
    private static final int MAX_LINE = 1_000;
    private static final int MAX_TAIL_BYTES = 4 * 1024;

    private Text() {}

    /** One line of at most 1,000 characters. */
    static String line(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE - 1) + "…";
    }

    /** The last 4 KiB. */
    static String tail(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_TAIL_BYTES) {
            return text;
        }
        int from = bytes.length - MAX_TAIL_BYTES;
        while (from < bytes.length && (bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
