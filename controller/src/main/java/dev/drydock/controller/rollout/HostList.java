package dev.drydock.controller.rollout;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * A rollout's hosts in their order, with their {@link Standing}. Immutable. In pieces, so that what follows from a decision
 * shares with what was before all pieces in which no host changed.
 */
final class HostList extends AbstractList<HostProgress> implements RandomAccess {
    private static final int PIECE = 64;

    private final HostProgress[][] pieces;
    private final int size;
    private final Standing standing;

    private HostList(HostProgress[][] pieces, int size, Standing standing) {
        this.pieces = pieces;
        this.size = size;
        this.standing = standing;
    }

    static HostList of(List<HostProgress> hosts) {
        if (hosts instanceof HostList same) {
            return same;
        }
        int size = hosts.size();
        HostProgress[][] pieces = new HostProgress[(size + PIECE - 1) / PIECE][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = hosts.subList(i * PIECE, Math.min(size, (i + 1) * PIECE)).stream()
                    .map(Objects::requireNonNull)
                    .toArray(HostProgress[]::new);
        }
        return new HostList(pieces, size, Standing.of(hosts));
    }

    @Override
    public HostProgress get(int position) {
        Objects.checkIndex(position, size);
        return pieces[position / PIECE][position % PIECE];
    }

    @Override
    public int size() {
        return size;
    }

    Standing standing() {
        return standing.copy();
    }

    /** To be changed; of one owner. */
    Changes change() {
        return new Changes();
    }

    /** The hosts while a decision is made. Of one thread. */
    final class Changes {
        private final HostProgress[][] now = pieces.clone();
        private final Standing standingNow = standing.copy();

        HostProgress get(int position) {
            return now[position / PIECE][position % PIECE];
        }

        void set(int position, HostProgress changed) {
            int piece = position / PIECE;
            HostProgress before = get(position);
            if (now[piece] == pieces[piece]) {
                now[piece] = pieces[piece].clone();
            }
            now[piece][position % PIECE] = changed;
            standingNow.replace(position, before, changed);
        }

        /** As the hosts stand now; not to be changed by others. */
        Standing standing() {
            return standingNow;
        }

        /** The last call: the changes and the list that they become are one. */
        HostList done() {
            return new HostList(now, size, standingNow);
        }
    }
}
