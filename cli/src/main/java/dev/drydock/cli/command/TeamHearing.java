package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.QuietHours;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a team wants to hear and when, as it is written. */
final class TeamHearing {
    private static final String SEVERITY = "SEVERITY_";

    private TeamHearing() {}

    /** {@code warning}. */
    static String word(NotificationSeverity severity) {
        return severity.name().replaceFirst("^" + SEVERITY, "").toLowerCase(Locale.ROOT);
    }

    /** @param written each {@code ADDRESS=SEVERITY} */
    static Map<String, NotificationSeverity> least(List<String> written) {
        Map<String, NotificationSeverity> least = new TreeMap<>();
        for (String one : written) {
            int equals = one.lastIndexOf('=');
            if (equals < 1) {
                throw CliException.usage(
                        "--least '" + one + "' is not clear.", "Write for example night@example.com=critical.");
            }
            least.put(one.substring(0, equals), severity(one.substring(equals + 1)));
        }
        return least;
    }

    private static NotificationSeverity severity(String word) {
        return Arrays.stream(NotificationSeverity.values())
                .filter(severity -> severity.name().startsWith(SEVERITY))
                .filter(severity -> word(severity).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> CliException.usage(
                        "--least: '" + word + "' is no severity.", "Write info, warning or critical."));
    }

    static Optional<QuietHours> quiet(@Nullable String hours, List<String> days, @Nullable String zone, ZoneId here) {
        if (hours == null) {
            if (!days.isEmpty() || zone != null) {
                throw CliException.usage("There are no quiet hours.", "Give --quiet-hours 20:00-08:00 too.");
            }
            return Optional.empty();
        }
        String[] parts = hours.split("-", -1);
        if (parts.length != 2) {
            throw CliException.usage("--quiet-hours '" + hours + "' are no hours.", "Write for example 20:00-08:00.");
        }
        return Optional.of(QuietHours.newBuilder()
                .setZone(WindowStart.zone(zone, here).getId())
                .addAllDays(days)
                .setFrom(parts[0])
                .setTo(parts[1])
                .build());
    }

    /** The first line of a file, or of standard input. */
    static String secret(App app, String option, String file, String what) {
        Path path = Path.of(file);
        String text = LocalFiles.reading(
                "read",
                path,
                () -> file.equals("-") ? app.readInput() : Files.readString(path, StandardCharsets.UTF_8));
        return text.lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> CliException.usage(
                        option + ": " + file + " is empty.", "Its first line must be " + what + "."));
    }
}
