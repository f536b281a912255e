package dev.drydock.controller.simulation;

import dev.drydock.controller.simulation.HostGroup.Failures;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A group of hosts as somebody wrote it.
 *
 * @param share of the fleet, from 0 to 1
 * @param clusterSize 0: no clusters
 * @param offlineFor zero: a day
 */
public record GroupDraft(
        String name,
        double share,
        int clusterSize,
        Duration p50,
        Duration p95,
        Failures failures,
        double offlineShare,
        Duration offlineFor) {
    static final Duration OFFLINE_FOR = Duration.ofDays(1);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
    private static final Duration LONGEST_RUN = Duration.ofDays(7);
    private static final Duration LONGEST_AWAY = Duration.ofDays(366);
    private static final int LARGEST_CLUSTER = 1_000;

    void check(String path, List<String> problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(path + ".name: '" + name + "' is no name; use up to 31 of a-z, 0-9 and '-', no '-' first");
        }
        if (!(share > 0 && share <= 1)) {
            problems.add(path + ".share: " + percent(share) + " is not above 0% and at most 100%");
        }
        if (clusterSize < 0 || clusterSize > LARGEST_CLUSTER) {
            problems.add(path + ".cluster_size: " + clusterSize + " is not between 0 (none) and " + LARGEST_CLUSTER);
        }
        durations(path, problems);
        part(path + ".failures.rolled_back", failures.rolledBack(), problems);
        part(path + ".failures.rollback_failed", failures.rollbackFailed(), problems);
        part(path + ".failures.lost", failures.lost(), problems);
        part(path + ".failures.hang", failures.hang(), problems);
        if (failures.all() > 1) {
            problems.add(path + ".failures: add up to " + percent(failures.all()) + ", more than all runs");
        }
        if (!(offlineShare >= 0 && offlineShare <= 0.99)) {
            problems.add(path + ".offline.share: " + percent(offlineShare) + " is not between 0% and 99%");
        }
        if (offlineFor.isNegative() || offlineFor.compareTo(LONGEST_AWAY) > 0) {
            problems.add(path + ".offline.length: is not between 1s and " + Units.text(LONGEST_AWAY));
        }
    }

    private void durations(String path, List<String> problems) {
        if (p50.toSeconds() < 1 || p50.compareTo(LONGEST_RUN) > 0) {
            problems.add(
                    path + ".duration.p50: " + Units.text(p50) + " is not between 1s and " + Units.text(LONGEST_RUN));
        } else if (p95.compareTo(p50) < 0 || p95.compareTo(LONGEST_RUN) > 0) {
            problems.add(path + ".duration.p95: " + Units.text(p95) + " is not between p50, " + Units.text(p50)
                    + ", and " + Units.text(LONGEST_RUN));
        }
    }

    private static void part(String path, double share, List<String> problems) {
        if (!(share >= 0 && share <= 1)) {
            problems.add(path + ": " + percent(share) + " is not between 0% and 100%");
        }
    }

    static String percent(double share) {
        double percent = Math.rint(share * 1_000_000) / 10_000;
        return percent == Math.rint(percent) ? (long) percent + "%" : percent + "%";
    }

    HostGroup group(int hosts) {
        return new HostGroup(
                name,
                hosts,
                clusterSize,
                p50,
                p95,
                failures,
                offlineShare,
                offlineFor.isZero() ? OFFLINE_FOR : offlineFor);
    }
}
