package dev.drydock.controller.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a rollout's reboots are spread, as written; {@link #problems()} is empty once it was accepted.
 *
 * @param atOnce how many hosts may be down for a reboot at once: {@code "1"} or {@code "10%"} of the rollout's (at least one)
 * @param interval the least time from one host's leave to the next one's
 */
public record RebootPace(String atOnce, Duration interval) {
    /** One host in ten at once, half a minute apart. */
    public static final RebootPace USUAL = new RebootPace("10%", Duration.ofSeconds(30));

    private static final Duration LONGEST = Duration.ofDays(1);

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (Quantity.parse(atOnce).filter(quantity -> quantity.of(100) > 0).isEmpty()) {
            problems.add("reboots_at_once: '" + atOnce
                    + "' is no number of hosts; write a count from 1, such as 1, or a share from 1% to 100%");
        }
        if (interval.isNegative() || interval.compareTo(LONGEST) > 0) {
            problems.add("reboot_interval: " + interval + " is not between 0s and 1d");
        }
        return problems;
    }

    int most(int hosts) {
        return Quantity.parse(atOnce)
                .map(quantity -> Math.max(1, quantity.of(hosts)))
                .orElse(1);
    }
}
