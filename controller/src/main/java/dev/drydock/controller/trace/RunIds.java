package dev.drydock.controller.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of a run's trace and of its spans follow from the run's own id, so that whoever tells of the run, also another
 * controller process after a restart, tells of the same trace.
 */
final class RunIds {
    /** Bytes, as W3C Trace Context has them. */
    private static final int TRACE = 16;

    private static final int SPAN = 8;

    private RunIds() {}

    /** 32 hex digits. */
    static String trace(String runId) {
        return hash("trace\0" + runId, TRACE);
    }

    /**
     * 16 hex digits.
     *
     * @param key of the span within its run
     */
    static String span(String runId, String key) {
        return hash("span\0" + runId + "\0" + key, SPAN);
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            // All zeros would be no id at all (Trace Context, 2.2.2).
            digest[0] |= 1;
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
