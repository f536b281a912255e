package dev.drydock.controller;

import dev.drydock.controller.retention.Keep;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How long the past is kept. */
final class RetentionOptions {
    private static final Duration SHORTEST = Duration.ofDays(7);

    @Option(
            names = "--keep-runs",
            paramLabel = "TIME",
            defaultValue = "400d",
            description =
                    "How long runs are kept, with their events and output, and rollouts that ended. The last run of"
                            + " each host stays, and the audit log. 0: for ever. Default: ${DEFAULT-VALUE}.")
    private String keepRuns = "";

    @Option(
            names = "--keep-notifications",
            paramLabel = "TIME",
            defaultValue = "400d",
            description = "How long notifications are kept that were sent or given up. 0: for ever. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String keepNotifications = "";

    Keep keep(List<String> problems) {
        return new Keep(
                time("--keep-runs", keepRuns, problems), time("--keep-notifications", keepNotifications, problems));
    }

    private static Duration time(String option, String text, List<String> problems) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Duration time = Units.duration(text).orElse(Duration.ZERO);
        if (time.compareTo(SHORTEST) < 0) {
            problems.add(option + ": '" + text + "' is no time of " + Units.text(SHORTEST)
                    + " or more; expected for example 400d, or 0 for ever");
        }
        return time;
    }
}
