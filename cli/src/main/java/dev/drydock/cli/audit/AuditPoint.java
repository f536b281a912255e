package dev.drydock.cli.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point of the chain: an entry's number and its hash, written {@code SEQ:HASH}.
 *
 * @param hash hex
 */
public record AuditPoint(long seq, String hash) {
    /** Before the first entry. */
    public static final AuditPoint BEGIN = new AuditPoint(0, "0".repeat(64));

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /** Empty when it has another form. */
    public static Optional<AuditPoint> parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        return form.matches()
                ? Optional.of(new AuditPoint(Long.parseLong(form.group(1)), form.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return seq + ":" + hash;
    }
}
