package dev.drydock.agent.host.logs;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a line was written, by what stands at its beginning: RFC 3339 and the like, syslog, nginx, Apache, PHP, access logs. Where a
 * line names no zone it is the machine's.
 */
public final class LogTime {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String CLOCK = "(?<h>\\d\\d):(?<i>\\d\\d):(?<s>\\d\\d)(?:[.,]\\d+)?";
    private static final String MONTH = "(?<b>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile(
                    "^\\[?(?<y>\\d{4})-(?<m>\\d\\d)-(?<d>\\d\\d)[T ]" + CLOCK + " ?(?<z>Z|[+-]\\d\\d:?\\d\\d)?"),
            Pattern.compile("^(?:<\\d+>)?" + MONTH + " +(?<d>\\d{1,2}) " + CLOCK),
            Pattern.compile("^(?<y>\\d{4})/(?<m>\\d\\d)/(?<d>\\d\\d) " + CLOCK),
            Pattern.compile("^\\[\\w{3} " + MONTH + " (?<d>\\d\\d) " + CLOCK + " (?<y>\\d{4})]"),
            Pattern.compile("^\\[(?<d>\\d\\d)-" + MONTH + "-(?<y>\\d{4}) " + CLOCK + " (?<z>[A-Za-z0-9/_+-]+)]"),
            Pattern.compile(
                    "^[^\\[]{0,200}\\[(?<d>\\d\\d)/" + MONTH + "/(?<y>\\d{4}):" + CLOCK + " (?<z>[+-]\\d{4})]"));
    /** A clock that is behind is no reason to take this year's line for last year's. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private final ZoneId zone;
    private final Instant now;

    /**
     * @param zone of lines that name none
     * @param now lines without a year are the last of that date
     */
    public LogTime(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /** To the second; empty where the line does not begin with a time, as the lines of a stack trace. */
    public Optional<Instant> of(String line) {
        for (Pattern form : FORMS) {
            Matcher m = form.matcher(line);
            if (m.find()) {
                return time(m);
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> time(Matcher m) {
        try {
            String written = group(m, "z");
            ZoneId at = written.isEmpty() ? zone : ZoneId.of(written);
            String year = group(m, "y");
            if (!year.isEmpty()) {
                return Optional.of(local(m, Integer.parseInt(year)).atZone(at).toInstant());
            }
            int thisYear = now.atZone(at).getYear();
            Instant guess = local(m, thisYear).atZone(at).toInstant();
            return Optional.of(
                    guess.isAfter(now.plus(AHEAD))
                            ? local(m, thisYear - 1).atZone(at).toInstant()
                            : guess);
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static LocalDateTime local(Matcher m, int year) {
        String name = group(m, "b");
        int month = name.isEmpty() ? number(m, "m") : MONTHS.indexOf(name) / 3 + 1;
        return LocalDateTime.of(year, month, number(m, "d"), number(m, "h"), number(m, "i"), number(m, "s"));
    }

    private static int number(Matcher m, String group) {
        return Integer.parseInt(group(m, group));
    }

    private static String group(Matcher m, String name) {
        if (!m.namedGroups().containsKey(name)) {
            return "";
        }
        String group = m.group(name);
        return group == null ? "" : group;
    }
}
