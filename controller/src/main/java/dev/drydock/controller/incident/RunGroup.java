package dev.drydock.controller.incident;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What failed runs of one incident have in common, beside the contract of their hosts.
 *
 * @param rollout its name; that of a rollout that is not on record is its id
 * @param playbook {@code web-monthly@7}
 * @param cause as {@link #cause} gives it
 */
public record RunGroup(String rolloutId, String rollout, String playbook, String cause) {
    static final String HOST = "<host>";
    static final String NUMBER = "#";
    private static final int LONGEST = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    /** Whole words of digits, and of hexadecimal digits of some length: sizes, times, ids, digests. */
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\p{Alnum}])(?:\\d+|[0-9a-f]{8,})(?![\\p{Alnum}])");

    /**
     * The first line of a run's reason without what differs from host to host: its name, numbers, ids, case and spaces.
     *
     * @param otherwise where the reason says nothing
     */
    static String cause(String reason, String hostName, String otherwise) {
        String line = reason.lines()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse(otherwise);
        String plain = SPACE.matcher(CONTROL.matcher(line).replaceAll(" ").toLowerCase(Locale.ROOT))
                .replaceAll(" ");
        String nameless = hostName.isEmpty()
                ? plain
                : Pattern.compile("(?<![\\p{Alnum}.-])" + Pattern.quote(hostName.toLowerCase(Locale.ROOT))
                                + "(?![\\p{Alnum}-])")
                        .matcher(plain)
                        .replaceAll(HOST);
        String same = NUMBERS.matcher(nameless).replaceAll(NUMBER).strip();
        return same.substring(0, Math.min(LONGEST, same.length()));
    }
}
