package dev.drydock.playbooks.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units of the language: durations ({@code 1h30m}) and sizes ({@code 2GiB}, powers of 1024). */
public final class Units {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB|TiB)");

    private Units() {}

    /** {@code 1d2h3m4s}, each part optional but not all of them. */
    public static Optional<Duration> duration(String text) {
        Matcher m = DURATION.matcher(text);
        if (text.isEmpty() || !m.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(m.group(1)))
                .plusHours(number(m.group(2)))
                .plusMinutes(number(m.group(3)))
                .plusSeconds(number(m.group(4))));
    }

    /** {@code 512MiB} as bytes. */
    public static Optional<Long> bytes(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        int shift =
                switch (m.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    case "TiB" -> 40;
                    default -> 0;
                };
        long count = Long.parseLong(m.group(1));
        return count > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(count << shift);
    }

    /** The shortest text that {@link #duration} reads back as the same; below a second is cut off. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        append(out, seconds / 86_400, 'd');
        append(out, seconds / 3_600 % 24, 'h');
        append(out, seconds / 60 % 60, 'm');
        append(out, seconds % 60, 's');
        return out.toString();
    }

    private static void append(StringBuilder out, long count, char unit) {
        if (count > 0) {
            out.append(count).append(unit);
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
