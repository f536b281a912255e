package dev.drydock.controller.simulation;

import dev.drydock.controller.simulation.Draws.Of;
import java.util.BitSet;
import java.util.List;

/**
 * Which hosts are online: each is away and there in turns, of exponential length. Times in seconds; they must not go back.
 */
final class Availability {
    private static final long NEVER = Long.MAX_VALUE;

    private final Draws draws;
    private final double[] away;
    private final double[] there;
    private final int[] groupOf;
    private final BitSet offline = new BitSet();
    private final long[] until;
    private final int[] turns;

    /** @param groupOf the group of each host */
    Availability(List<HostGroup> groups, int[] groupOf, Draws draws, long from) {
        this.draws = draws;
        this.groupOf = groupOf;
        this.until = new long[groupOf.length];
        this.turns = new int[groupOf.length];
        this.away = groups.stream()
                .mapToDouble(group -> group.offlineFor().toSeconds())
                .toArray();
        this.there = groups.stream()
                .mapToDouble(group -> group.offlineShare() == 0
                        ? 0
                        : group.offlineFor().toSeconds() * (1 - group.offlineShare()) / group.offlineShare())
                .toArray();
        for (int host = 0; host < groupOf.length; host++) {
            double share = groups.get(groupOf[host]).offlineShare();
            boolean atFirst = draws.uniform(Of.AWAY_AT_FIRST, host, 0, 0) < share;
            offline.set(host, atFirst);
            until[host] = share == 0 ? NEVER : from + length(host, atFirst, 0);
        }
    }

    private long length(int host, boolean isAway, int turn) {
        double mean = isAway ? away[groupOf[host]] : there[groupOf[host]];
        return 1 + (long) draws.exponential(mean, Of.AWAY_FOR, host, turn);
    }

    /** @return whether a host came or went */
    boolean advance(long now) {
        boolean changed = false;
        for (int host = 0; host < until.length; host++) {
            while (until[host] <= now) {
                offline.flip(host);
                until[host] += length(host, offline.get(host), ++turns[host]);
                changed = true;
            }
        }
        return changed;
    }

    /** As of the last {@link #advance}. */
    BitSet offline() {
        return offline;
    }

    /** The first time, not before {@code at}, that the host is online. */
    long online(int host, long at) {
        boolean isAway = offline.get(host);
        long end = until[host];
        for (int turn = turns[host]; end <= at; ) {
            isAway = !isAway;
            end += length(host, isAway, ++turn);
        }
        return isAway ? end : at;
    }
}
