package dev.drydock.controller.compliance;

import dev.drydock.controller.rollout.DecisionListener;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.run.Run;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What became of the hosts of rollouts. Of those that have ended it is read once and kept, in five bytes a host, since a year of them is
 * millions; a decision about one, as when a lost host speaks again, lets it be read anew. Thread-safe.
 */
public final class RolloutEnds implements DecisionListener {
    private final Function<String, List<HostEnd>> record;
    private final Map<String, Ends> kept = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private volatile String[] hosts = new String[0];
    private volatile int decisions;

    /** @param record of a rollout, by its id */
    public RolloutEnds(Function<String, List<HostEnd>> record) {
        this.record = record;
    }

    /** What a summary counts. */
    enum End {
        PATCHED,
        UNCHANGED,
        ROLLED_BACK,
        ROLLBACK_FAILED,
        NOT_DONE
    }

    /** Every host counts. */
    public static final Predicate<String> ALL = host -> true;

    private record Ends(int[] hosts, byte[] ends, int[] total) {
        Ends(int[] hosts, byte[] ends) {
            this(hosts, ends, count(hosts, ends, number -> true));
        }

        int[] count(IntPredicate seen) {
            return count(hosts, ends, seen);
        }

        private static int[] count(int[] hosts, byte[] ends, IntPredicate seen) {
            int[] counts = new int[End.values().length];
            for (int i = 0; i < hosts.length; i++) {
                if (seen.test(hosts[i])) {
                    counts[ends[i]]++;
                }
            }
            return counts;
        }
    }

    @Override
    public void decided(Rollout before, Rollout after, List<Run> offers, int missed, Instant durableAt) {
        decisions++;
        kept.remove(after.id());
    }

    /**
     * How many hosts of each rollout ended how, by {@link End}.
     *
     * @param heads their hosts need not be in them
     * @param seen which hosts count, by id; {@link #ALL}: all
     */
    List<int[]> counts(List<Rollout> heads, Predicate<String> seen) {
        List<Ends> all = heads.stream().map(this::of).toList();
        return seen == ALL ? all.stream().map(Ends::total).toList() : counted(all, seen);
    }

    private List<int[]> counted(List<Ends> all, Predicate<String> seen) {
        String[] names = hosts;
        // The same hosts are in many rollouts: each is asked about once. 0: not yet, 1: counts, -1: does not.
        byte[] counts = new byte[names.length];
        return all.stream()
                .map(ends -> ends.count(number -> {
                    if (counts[number] == 0) {
                        counts[number] = (byte) (seen.test(names[number]) ? 1 : -1);
                    }
                    return counts[number] > 0;
                }))
                .toList();
    }

    private Ends of(Rollout head) {
        Ends known = kept.get(head.id());
        if (known != null) {
            return known;
        }
        int before = decisions;
        Ends read = pack(record.apply(head.id()));
        if (head.state().ended() && before == decisions) {
            kept.put(head.id(), read);
        }
        return read;
    }

    private synchronized Ends pack(List<HostEnd> all) {
        int[] ids = new int[all.size()];
        byte[] ends = new byte[all.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = number(all.get(i).hostId());
            ends[i] = (byte) end(all.get(i)).ordinal();
        }
        return new Ends(ids, ends);
    }

    private int number(String hostId) {
        Integer known = numbers.get(hostId);
        if (known != null) {
            return known;
        }
        int next = numbers.size();
        String[] names = hosts;
        if (next == names.length) {
            names = Arrays.copyOf(names, Math.max(64, 2 * next));
        }
        names[next] = hostId;
        numbers.put(hostId, next);
        hosts = names;
        return next;
    }

    private static End end(HostEnd host) {
        return switch (host.state()) {
            case SUCCEEDED -> host.changes() > 0 ? End.PATCHED : End.UNCHANGED;
            case ROLLED_BACK -> End.ROLLED_BACK;
            case ROLLBACK_FAILED -> End.ROLLBACK_FAILED;
            default -> End.NOT_DONE;
        };
    }
}
