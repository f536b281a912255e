package dev.drydock.controller.simulation;

import java.time.Duration;

/**
 * Hosts that behave alike.
 *
 * @param hosts how many
 * @param clusterSize so many at a time form a cluster; 0: none do
 * @param p50 half of the runs take at most this long
 * @param p95 95 of 100 runs take at most this long; what an agent expects a run to need
 * @param offlineShare of its hosts that are offline at any time, from 0 up to below 1
 * @param offlineFor how long a host stays offline on average
 */
public record HostGroup(
        String name,
        int hosts,
        int clusterSize,
        Duration p50,
        Duration p95,
        Failures failures,
        double offlineShare,
        Duration offlineFor) {

    /**
     * What share of the runs ends so; the rest succeeds.
     *
     * @param rolledBack the way back worked
     * @param rollbackFailed it did not
     * @param lost the host is gone in the middle of the run and says nothing more
     * @param hang the run is over its deadline, and an hour later says that it rolled back
     */
    public record Failures(double rolledBack, double rollbackFailed, double lost, double hang) {
        /** Nothing fails. */
        public static final Failures NONE = new Failures(0, 0, 0, 0);

        double all() {
            return rolledBack + rollbackFailed + lost + hang;
        }
    }
}
