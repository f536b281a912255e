package dev.drydock.agent.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal file: a header, then frames, then zeros up to the reserved size.
 *
 * <pre>
 * header  8 bytes "DDJOURN\n", 4 bytes version (1), 4 bytes zero
 * frame   4 bytes length of the payload (1 … 512 KiB), 4 bytes CRC-32C of length and payload, payload
 * </pre>
 *
 * All numbers are big-endian. A length of zero ends the journal.
 */
final class Frames {
    static final int HEADER = 16;
    static final int FRAME_HEADER = 8;
    static final int MAX_PAYLOAD = 512 * 1024;
    private static final byte[] MAGIC = "DDJOURN\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private Frames() {}

    static byte[] header() {
        return ByteBuffer.allocate(HEADER).put(MAGIC).putInt(VERSION).array();
    }

    static byte[] frame(byte[] payload) {
        if (payload.length == 0 || payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a journal entry has 1 to " + MAX_PAYLOAD + " bytes, this one has " + payload.length);
        }
        return ByteBuffer.allocate(FRAME_HEADER + payload.length)
                .putInt(payload.length)
                .putInt(crc(payload.length, payload, 0))
                .put(payload)
                .array();
    }

    /**
     * Reads what is intact. A last frame that was not written to its end is left out; it was never acknowledged.
     *
     * @throws CorruptJournalException when the damage cannot be an append that was cut off: something intact, or anything
     *     at all beyond the damaged frame, follows it
     */
    static Scan scan(Path file, byte[] bytes) throws CorruptJournalException {
        checkHeader(file, bytes);
        List<byte[]> payloads = new ArrayList<>();
        int at = HEADER;
        while (true) {
            int length = intactLength(bytes, at);
            if (length == 0) {
                break;
            }
            payloads.add(Arrays.copyOfRange(bytes, at + FRAME_HEADER, at + FRAME_HEADER + length));
            at += FRAME_HEADER + length;
        }
        boolean torn = !zeroFrom(bytes, at);
        if (torn && !couldBeTorn(bytes, at)) {
            throw new CorruptJournalException(
                    file,
                    "journal " + file + " is damaged at byte " + at + ", after " + payloads.size()
                            + " intact entries and before its end; it was not cut off but changed, by the disk or by hand."
                            + " What happened on the host after entry " + payloads.size()
                            + " is unknown: look at the host, then move the run's directory away");
        }
        return new Scan(payloads, at, torn);
    }

    private static void checkHeader(Path file, byte[] bytes) throws CorruptJournalException {
        if (bytes.length < HEADER || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new CorruptJournalException(file, "file " + file + " does not start as a journal does");
        }
        int version = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
        if (version != VERSION) {
            throw new CorruptJournalException(
                    file,
                    "journal " + file + " has format " + version + ", this agent reads format " + VERSION
                            + "; install the agent version that wrote it");
        }
    }

    /** Appends are durable one by one, so only the last frame can be torn, and nothing stands behind it. */
    private static boolean couldBeTorn(byte[] bytes, int at) {
        int written = bytes.length;
        while (written > at && bytes[written - 1] == 0) {
            written--;
        }
        for (int later = at + 1; later < written; later++) {
            if (intactLength(bytes, later) > 0) {
                return false;
            }
        }
        int length = at + 4 <= bytes.length ? ByteBuffer.wrap(bytes).getInt(at) : 0;
        boolean plausible = length > 0 && length <= MAX_PAYLOAD;
        int end = plausible ? at + FRAME_HEADER + length : at + FRAME_HEADER + MAX_PAYLOAD;
        return zeroFrom(bytes, Math.min(end, bytes.length));
    }

    /** Zero when there is no intact frame at that place. */
    private static int intactLength(byte[] bytes, int at) {
        if (at + FRAME_HEADER > bytes.length) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getInt(at);
        if (length <= 0 || length > MAX_PAYLOAD || length > bytes.length - at - FRAME_HEADER) {
            return 0;
        }
        return buffer.getInt(at + 4) == crc(length, bytes, at + FRAME_HEADER) ? length : 0;
    }

    private static boolean zeroFrom(byte[] bytes, int at) {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int crc(int length, byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(length).flip());
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * @param end where the next frame goes
     * @param torn whether bytes of a frame that was cut off stand there
     */
    record Scan(List<byte[]> payloads, int end, boolean torn) {}
}
