package dev.drydock.cli.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads an export line by line. */
public final class AuditFile {
    /** A request is at most 16 KiB in an entry. */
    private static final int LONGEST_LINE = 1024 * 1024;

    private static final int PIECE = 64 * 1024;

    private AuditFile() {}

    /**
     * How far an export is good.
     *
     * @param lines whole lines that are
     * @param bytes of these
     * @param problem what is wrong with the next one; empty: all is good
     * @param torn the problem is only that the last line has no end, as after a disk full or a kill
     */
    public record Read(long lines, long bytes, Optional<String> problem, boolean torn) {}

    /** Adds each line to the chain, until one is wrong. */
    public static Read into(AuditChain chain, InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long lines = 0;
        long bytes = 0;
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            for (int at = 0; at < length; at++) {
                if (piece[at] != '\n') {
                    line.write(piece[at]);
                    if (line.size() > LONGEST_LINE) {
                        return new Read(lines, bytes, Optional.of("is longer than any entry is"), false);
                    }
                    continue;
                }
                // Byte for byte: what is no ASCII becomes something that no entry has.
                Optional<String> problem = chain.add(line.toString(StandardCharsets.ISO_8859_1));
                if (problem.isPresent()) {
                    return new Read(lines, bytes, problem, false);
                }
                lines++;
                bytes += line.size() + 1L;
                line.reset();
            }
        }
        return line.size() == 0
                ? new Read(lines, bytes, Optional.empty(), false)
                : new Read(lines, bytes, Optional.of("has no end: it was cut off"), true);
    }
}
