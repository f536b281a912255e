package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.Rollout.Stop;

/** What became of a host in a rollout: each is in exactly one. */
public enum Bucket {
    PATCHED,
    ROLLED_BACK,
    ROLLBACK_FAILED,
    LOST,
    /** Away until the cutoff of the opening in which its turn came. */
    OFFLINE,
    /** Another rollout's run was open on it until then. */
    BUSY,
    /** Others of its cluster were not known to be up until then. */
    CLUSTER,
    /** The failure threshold stopped the rollout before its turn. */
    SPARED,
    /** A newer rollout took its place before its turn. */
    SUPERSEDED,
    /** The window has no further opening, or the span ended before its turn or in its run. */
    NO_TIME;

    private static final String OFFLINE_WHY = "offline";
    private static final String BUSY_WHY = "busy";
    private static final String CLUSTER_WHY = "in its cluster";

    static Bucket of(HostProgress host, Rollout rollout) {
        return switch (host.state()) {
            case SUCCEEDED -> PATCHED;
            case ROLLED_BACK -> ROLLED_BACK;
            case ROLLBACK_FAILED -> ROLLBACK_FAILED;
            case LOST -> LOST;
            default -> without(host, rollout.stop());
        };
    }

    private static Bucket without(HostProgress host, Stop stop) {
        if (host.done() && host.unready().startsWith(OFFLINE_WHY)) {
            return OFFLINE;
        }
        if (host.done() && host.unready().startsWith(BUSY_WHY)) {
            return BUSY;
        }
        if (host.done() && host.unready().startsWith(CLUSTER_WHY)) {
            return CLUSTER;
        }
        return switch (stop) {
            case TOO_MANY_FAILED -> SPARED;
            case ABORTED -> SUPERSEDED;
            case NOT, NO_OPENING_LEFT -> NO_TIME;
        };
    }

    /** Why a host cannot take a run, as {@link #of} reads it again. */
    static String offline() {
        return OFFLINE_WHY;
    }

    static String busy(String run) {
        return BUSY_WHY + " with run " + run;
    }
}
