package dev.drydock.controller.simulation;

import dev.drydock.controller.simulation.Draws.Of;
import java.time.Duration;

/** How the runs of hosts go, as chance and their group have it. */
final class Luck {
    /** 95 of 100 values of a standard normal distribution are at most this. */
    private static final double NORMAL_95 = 1.6448536269514722;

    private final Fleet fleet;
    private final Draws draws;

    Luck(Fleet fleet, Draws draws) {
        this.fleet = fleet;
        this.draws = draws;
    }

    enum Fate {
        SUCCEEDS,
        ROLLS_BACK,
        CANNOT_ROLL_BACK,
        DIES,
        HANGS
    }

    Fate fate(int host, int rollout, int attempt) {
        HostGroup.Failures failures = fleet.group(host).failures();
        double drawn = draws.uniform(Of.OUTCOME, host, rollout, attempt);
        if ((drawn -= failures.rolledBack()) < 0) {
            return Fate.ROLLS_BACK;
        }
        if ((drawn -= failures.rollbackFailed()) < 0) {
            return Fate.CANNOT_ROLL_BACK;
        }
        if ((drawn -= failures.lost()) < 0) {
            return Fate.DIES;
        }
        return drawn < failures.hang() ? Fate.HANGS : Fate.SUCCEEDS;
    }

    /** Log-normal, with the group's median and 95th percentile; whole seconds, at least one. */
    long seconds(int host, int rollout, int attempt) {
        HostGroup group = fleet.group(host);
        double median = group.p50().toSeconds();
        double spread = StrictMath.log(group.p95().toSeconds() / median) / NORMAL_95;
        return Math.max(1, Math.round(median * StrictMath.exp(spread * draws.normal(host, rollout, attempt))));
    }

    /** What the host's agent expects a run to need. */
    Duration expected(int host) {
        return fleet.group(host).p95();
    }
}
