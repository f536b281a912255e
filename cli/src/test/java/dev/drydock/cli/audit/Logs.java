package dev.drydock.cli.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Exports that tests make. */
public final class Logs {
    private Logs() {}

    /** Entries of logins from the first on, each line with its line feed. */
    public static String logins(int entries) {
        return String.join("", lines(AuditPoint.BEGIN, entries, "olga"));
    }

    public static List<String> lines(AuditPoint after, int entries, String user) {
        List<String> lines = new ArrayList<>();
        AuditPoint last = after;
        for (int i = 0; i < entries; i++) {
            String line = line(last, "login", "\"user\":\"" + user + i + "\"");
            lines.add(line);
            last = new AuditPoint(last.seq() + 1, hash(line));
        }
        return lines;
    }

    /** One entry, with its line feed. */
    public static String line(AuditPoint after, String kind, String members) {
        String body = "{\"seq\":" + (after.seq() + 1) + ",\"at\":\"2026-11-29T12:00:00.000250Z\",\"kind\":\"" + kind
                + "\"" + (members.isEmpty() ? "" : "," + members) + ",\"previous\":\"" + after.hash() + "\"";
        return body + ",\"hash\":\"" + sha256(body + "}") + "\"}\n";
    }

    /** Of a line. */
    public static String hash(String line) {
        return line.substring(line.length() - 67, line.length() - 3);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
