package dev.drydock.cli.declare;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One document as it was found.
 *
 * @param file for messages
 * @param folder what the document names is relative to it
 * @param lines how many stand before it in its file
 * @param content its bytes alone
 */
record Source(String file, Path folder, int lines, byte[] content) {
    public Source {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** The bytes with as many empty lines before them as there are others in the file, so that places are those of the file. */
    byte[] placed() {
        byte[] placed = new byte[lines + content.length];
        Arrays.fill(placed, 0, lines, (byte) '\n');
        System.arraycopy(content, 0, placed, lines, content.length);
        return placed;
    }

    /** Whether there is something beside white space and comments. */
    boolean hasContent() {
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .anyMatch(line -> !line.isEmpty() && !line.startsWith("#") && !line.equals("---"));
    }
}
