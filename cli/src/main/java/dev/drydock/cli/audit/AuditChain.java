package dev.drydock.cli.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks entries one after the other: that none was changed, dropped, put elsewhere or added. Keeps what it needs for the next one
 * only, so that a log of any size can be checked.
 */
public final class AuditChain {
    private static final Pattern BEGIN = Pattern.compile(
            "\\{\"seq\":([1-9][0-9]{0,17}),\"at\":\"([0-9T:.Z-]{27})\",\"kind\":\"([a-z-]+)\"(?:,\"call\":\"([A-Za-z0-9._-]+)\")?");
    private static final Pattern END = Pattern.compile(",\"previous\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\"}");
    private static final int LENGTH_OF_END = 64 + 64 + ",\"previous\":\"\",\"hash\":\"\"}".length();
    private static final int LENGTH_OF_HASH = 64 + ",\"hash\":\"\"}".length();

    private final MessageDigest sha256 = sha256();
    private final Map<String, Long> open = new LinkedHashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>();
    private final @Nullable AuditPoint head;
    private AuditPoint last;
    private long entries;
    private String firstAt = "";
    private String lastAt = "";
    private boolean headSeen;

    /**
     * @param after what the first entry follows
     * @param head what is known of a later entry; null: nothing
     */
    public AuditChain(AuditPoint after, @Nullable AuditPoint head) {
        this.last = after;
        this.head = head;
        this.headSeen = after.equals(head);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Takes the next line.
     *
     * @return what is wrong with it; then nothing behind it can be trusted either
     */
    public Optional<String> add(String line) {
        Matcher begin = BEGIN.matcher(line);
        Matcher end = END.matcher(line).region(Math.max(0, line.length() - LENGTH_OF_END), line.length());
        if (!begin.lookingAt() || !end.matches()) {
            return Optional.of("is no entry of an audit log: it was changed, or cut off");
        }
        AuditPoint entry = new AuditPoint(Long.parseLong(begin.group(1)), end.group(2));
        String body = line.substring(0, line.length() - LENGTH_OF_HASH) + "}";
        String hash = HexFormat.of().formatHex(sha256.digest(body.getBytes(StandardCharsets.ISO_8859_1)));
        if (!hash.equals(entry.hash())) {
            return Optional.of("was changed: entry " + entry.seq() + " has the hash " + entry.hash()
                    + ", and what it says has the hash " + hash);
        }
        Optional<String> place = place(entry.seq(), end.group(1));
        if (place.isPresent()) {
            return place;
        }
        if (head != null && head.seq() == entry.seq()) {
            headSeen = true;
            if (!head.equals(entry)) {
                return Optional.of("is another entry " + entry.seq() + " than that of the head: its hash is "
                        + entry.hash() + ", that of the head " + head.hash() + ". The log was written anew");
            }
        }
        last = entry;
        entries++;
        lastAt = begin.group(2);
        firstAt = firstAt.isEmpty() ? lastAt : firstAt;
        follow(begin.group(3), begin.group(4), entry.seq());
        return Optional.empty();
    }

    private Optional<String> place(long seq, String previous) {
        long expected = last.seq() + 1;
        if (seq > expected) {
            return Optional.of("is entry " + seq + " where " + expected + " must be: "
                    + (seq == expected + 1
                            ? "entry " + expected + " was dropped, or stands elsewhere"
                            : "entries " + expected + " to " + (seq - 1) + " were dropped, or stand elsewhere"));
        }
        if (seq < expected) {
            return Optional.of("is entry " + seq + " where " + expected + " must be: it comes again, or out of order");
        }
        return previous.equals(last.hash())
                ? Optional.empty()
                : Optional.of("does not follow what is before it: entry " + seq + " was made behind an entry "
                        + (seq - 1) + " with the hash " + previous + ", and here that has the hash " + last.hash());
    }

    private void follow(String kind, @Nullable String call, long seq) {
        if (kind.equals("started")) {
            unknown.putAll(open);
            open.clear();
        } else if (call != null && kind.equals("begun")) {
            open.put(call, seq);
        } else if (call != null && kind.equals("ended")) {
            open.remove(call);
        }
    }

    /** What is wrong with the end, after the last line. */
    public Optional<String> end() {
        if (head == null || headSeen) {
            return Optional.empty();
        }
        return Optional.of(
                head.seq() > last.seq()
                        ? "ends with entry " + last.seq() + ", and the head is entry " + head.seq()
                                + ": what is between was cut off"
                        : "begins behind entry " + head.seq() + ", so that the head says nothing of it");
    }

    /** The last entry, or what the first one is to follow. */
    public AuditPoint last() {
        return last;
    }

    public long entries() {
        return entries;
    }

    /** As written in the entry; empty: there is none. */
    public String firstAt() {
        return firstAt;
    }

    public String lastAt() {
        return lastAt;
    }

    /** Numbers of the beginnings of calls that a controller was serving when it stopped: nobody knows what they came to. */
    public List<Long> unknown() {
        return List.copyOf(unknown.values());
    }

    /** Numbers of the beginnings of calls that had not ended when this was exported. */
    public List<Long> open() {
        return List.copyOf(open.values());
    }
}
